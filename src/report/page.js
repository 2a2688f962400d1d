import { ValueReader } from './figure.js';

const { figures, words } = JSON.parse(document.getElementById('data').textContent);
for (const drawing of document.querySelectorAll('.drawing')) {
  const numbers = figures[drawing.dataset.figure];
  const line = drawing.parentElement.querySelector('.values');
  if (numbers.panels.length) new ValueReader(drawing, line, words.help).take(numbers);
  else line.remove();
}
