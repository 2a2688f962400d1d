// Arms that are put in order, and options of which one is chosen.
import { filledIn, made } from './numbers.js';

/**
 * A list whose items move up and down by buttons. `changed` hears the order, positions in `labels`.
 * @param {HTMLElement} section
 * @param {{ labels: string[] }} step
 * @param {Record<string, string>} words
 * @param {number[] | undefined} before
 * @param {(order: number[]) => void} changed
 */
export function makeOrder(section, step, words, before, changed) {
  const status = section.querySelector('.status');
  const list = made('ol', '', { class: 'order' });
  const items = step.labels.map((label, position) => {
    const item = made('li', '');
    item.dataset.position = String(position);
    item.append(made('span', label, { class: 'arm' }));
    for (const [way, sign, word] of [[-1, '↑', words.up], [1, '↓', words.down]]) {
      const button = made('button', sign, { type: 'button', 'aria-label': filledIn(word, { arm: label }) });
      button.addEventListener('click', () => {
        const other = way < 0 ? item.previousElementSibling : item.nextElementSibling;
        if (!other) return;
        if (way < 0) other.before(item); else other.after(item);
        button.focus();
        const place = [...list.children].indexOf(item) + 1;
        status.textContent = filledIn(words.place, { arm: label, place, count: step.labels.length });
        tell();
      });
      item.append(button);
    }
    return item;
  });
  list.append(...(before ?? items.map((_, position) => position)).map((position) => items[position]));
  section.querySelector('.controls').append(made('p', words.highest_first, { class: 'help' }), list);

  function tell() {
    const all = [...list.children];
    all.forEach((item, place) => {
      const [up, down] = item.querySelectorAll('button');
      up.setAttribute('aria-disabled', String(place === 0));
      down.setAttribute('aria-disabled', String(place === all.length - 1));
    });
    changed(all.map((item) => Number(item.dataset.position)));
  }
  tell();
  return {
    lock() {
      list.querySelectorAll('button').forEach((button) => button.remove());
      status.textContent = '';
    },
  };
}

/**
 * Options, of which one is chosen. `changed` hears its position.
 * @param {HTMLElement} section
 * @param {{ options: string[] }} step
 * @param {Record<string, string>} words
 * @param {number | undefined} before
 * @param {(choice: number) => void} changed
 */
export function makeChoice(section, step, words, before, changed) {
  const group = made('fieldset', '', { class: 'choice' });
  group.append(made('legend', words.choose));
  step.options.forEach((option, position) => {
    const label = made('label', '');
    const input = document.createElement('input');
    Object.assign(input, { type: 'radio', name: section.id, checked: before === position });
    input.addEventListener('change', () => changed(position));
    label.append(input, made('span', option));
    group.append(label);
  });
  section.querySelector('.controls').append(group);
  return {
    lock() { group.disabled = true; },
  };
}
