// Answers on the device, and as a file for the teacher.

/** Longest text that is read back from the device. */
const LONGEST = 100000;

/**
 * A place for the answers; without one (a browser may refuse) they last as long as the page.
 * @param {string} key
 */
export function makeKeeper(key) {
  let works = true;
  return {
    /** @returns {unknown} */
    read() {
      try {
        const text = window.localStorage.getItem(key);
        return text && text.length <= LONGEST ? JSON.parse(text) : null;
      } catch {
        return null;
      }
    },
    /** @param {unknown} state @returns {boolean} whether it is kept */
    write(state) {
      try {
        window.localStorage.setItem(key, JSON.stringify(state));
      } catch {
        works = false;
      }
      return works;
    },
    forget() {
      try { window.localStorage.removeItem(key); } catch { works = false; }
    },
  };
}

/**
 * What can be used of answers that were kept: of the right kind for their step, nothing else.
 * @param {any} kept
 * @param {any[]} steps
 */
export function usable(kept, steps) {
  const state = { name: '', answers: {}, shown: 0 };
  if (!kept || typeof kept !== 'object') return state;
  if (typeof kept.name === 'string') state.name = kept.name.slice(0, 60);
  const answers = kept.answers && typeof kept.answers === 'object' ? kept.answers : {};
  const isNumber = (value, step) => typeof value === 'number' && value >= step.low && value <= step.high;
  for (const step of steps) {
    const own = Object.hasOwn(answers, step.name) ? answers[step.name] : null;
    if (step.task === 'draw' && Array.isArray(own) && own.length === step.times.length
      && own.every((value) => value === null || isNumber(value, step))) state.answers[step.name] = own;
    if (step.task === 'order' && Array.isArray(own) && own.length === step.labels.length
      && step.labels.every((_, position) => own.includes(position))) state.answers[step.name] = own;
    if (step.task === 'choose' && Number.isInteger(own) && own >= 0 && own < step.options.length) {
      state.answers[step.name] = own;
    }
  }
  const whole = steps.findIndex((step) => !isWhole(step, state.answers[step.name]));
  const most = whole < 0 ? steps.length : whole;
  if (Number.isInteger(kept.shown)) state.shown = Math.min(Math.max(kept.shown, 0), most);
  return state;
}

/**
 * Whether a prediction is complete.
 * @param {any} step
 * @param {any} answer
 */
export function isWhole(step, answer) {
  if (step.task === 'draw') return Array.isArray(answer) && answer.every((value) => value !== null);
  return answer !== undefined;
}

/**
 * The file of answers.
 * @param {any} exercise
 * @param {{ name: string, answers: Record<string, any>, shown: number }} state
 */
export function answersFile(exercise, state) {
  const answers = {};
  for (const step of exercise.steps.slice(0, state.shown)) {
    const own = state.answers[step.name];
    if (step.task === 'draw') answers[step.name] = { curve: own.map((value) => Number(value.toPrecision(6))) };
    if (step.task === 'order') answers[step.name] = { order: own.map((position) => step.arms[position]) };
    if (step.task === 'choose') answers[step.name] = { choice: own };
  }
  const { format, version, digest } = exercise;
  const text = JSON.stringify({ format, version, exercise: exercise.exercise, digest, name: state.name, answers }, null, 1);
  const plain = state.name.normalize('NFKD').replace(/[^A-Za-z0-9_-]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 40);
  const sign = plain || Math.random().toString(36).slice(2, 8);
  return { text, file: `${exercise.exercise}-${sign}.json` };
}

/**
 * Hands a text over as a file.
 * @param {string} file
 * @param {string} text
 */
export function download(file, text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  Object.assign(link, { href: address, download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
