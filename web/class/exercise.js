// The way through an exercise: predict, see what the model says, go on, save.
import { comparedCurves, drawOver, makePad } from './pad.js';
import { makeChoice, makeOrder } from './choices.js';
import { answersFile, download, isWhole, makeKeeper, usable } from './keep.js';
import { filledIn, written } from './numbers.js';

document.getElementById('cut').remove();
const { exercise } = JSON.parse(document.getElementById('data').textContent);
const { steps, words } = exercise;
const keeper = makeKeeper(`calcifate class ${exercise.exercise} ${exercise.digest}`);
const state = usable(keeper.read(), steps);
const sections = steps.map((_, index) => document.getElementById(`step-${index}`));
const end = document.getElementById('end');
const nameField = document.getElementById('name');

/** Keeps the answers, and says so once if that cannot be done. */
function keep() {
  if (keeper.write(state)) return;
  const notice = document.getElementById('kept');
  notice.textContent = words.not_kept;
  notice.hidden = false;
}

/** How a prediction compares with the model. */
function compared(step, answer) {
  if (step.task === 'draw') {
    const { own, model, distance } = comparedCurves(step.compare, answer, step.model);
    const near = distance <= exercise.near * (step.high - step.low);
    // Values that are far apart must not read alike.
    const more = [0, 1, 2, 3].find((count) => near || written(own ?? distance, step, count) !== written(model ?? 0, step, count)) ?? 3;
    const numbers = { own: written(own ?? distance, step, more), model: written(model ?? 0, step, more) };
    return `${filledIn(words[step.compare], numbers)} ${near ? words.near : words.far}`;
  }
  if (step.task === 'order') {
    const ranks = answer.map((position) => step.ranks[position]);
    const right = ranks.every((rank, place) => place === 0 || rank >= ranks[place - 1]);
    const order = answer.map((position) => step.labels[position]).join(' > ');
    return right ? words.order_right : filledIn(words.order_wrong, { order });
  }
  const option = step.options[answer];
  return answer === step.right ? words.choice_right : filledIn(words.choice_wrong, { option });
}

/** Shows what the model says to a step; its prediction stays as it is from now on. */
function reveal(index, task) {
  const [step, section] = [steps[index], sections[index]];
  const answer = state.answers[step.name];
  task.lock();
  section.querySelector('.status').textContent = '';
  section.querySelector('.ask').hidden = true;
  section.classList.add('answered');
  const says = section.querySelector('.model');
  says.querySelector('.compared').textContent = compared(step, answer);
  says.hidden = false;
  if (step.task === 'draw') {
    section.querySelectorAll('.predict > *').forEach((part) => { part.hidden = true; });
    drawOver(says.querySelector('.model-pad'), step.model_pad, step, answer, -1, words.you);
  }
  says.querySelector('.next').addEventListener('click', () => {
    const next = sections[index + 1] ?? end;
    next.hidden = false;
    says.querySelector('.next').hidden = true;
    next.querySelector('h2').focus();
    next.scrollIntoView({ block: 'start' });
  });
  return says;
}

steps.forEach((step, index) => {
  const section = sections[index];
  const make = { draw: makePad, order: makeOrder, choose: makeChoice }[step.task];
  const task = make(section, step, words, state.answers[step.name], (answer) => {
    if (index < state.shown) return;
    state.answers[step.name] = answer;
    keep();
  });
  const ask = section.querySelector('.ask');
  ask.addEventListener('click', () => {
    if (!isWhole(step, state.answers[step.name])) {
      section.querySelector('.status').textContent = step.task === 'draw' ? words.unfinished : words.unchosen;
      return;
    }
    state.shown = index + 1;
    keep();
    const says = reveal(index, task);
    says.querySelector('h3').focus();
  });
  if (index < state.shown) {
    section.hidden = false;
    reveal(index, task);
    if (index + 1 < state.shown || state.shown === steps.length) section.querySelector('.next').hidden = true;
  }
});
if (state.shown === steps.length) end.hidden = false;
else if (state.shown > 0) {
  sections[state.shown].hidden = false;
  sections[state.shown - 1].querySelector('.next').hidden = true;
}

nameField.value = state.name;
nameField.addEventListener('input', () => { state.name = nameField.value; keep(); });

document.getElementById('save').addEventListener('click', () => {
  const { text, file } = answersFile(exercise, state);
  document.getElementById('saved-text').value = text;
  document.getElementById('saved').textContent = filledIn(words.saved, { file });
  download(file, text);
});

const again = document.getElementById('again');
again.addEventListener('click', () => {
  if (again.textContent !== words.sure) { again.textContent = words.sure; return; }
  keeper.forget();
  location.reload();
});
again.addEventListener('blur', () => { again.textContent = words.again; });
