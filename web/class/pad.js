// A curve drawn by pointer, finger or keyboard over a drawing of axes.
import { filledIn, made, written } from './numbers.js';

/**
 * @typedef {{ low: number, high: number }} Ends
 * @typedef {{ frame: number[], x: Ends, y: Ends }} Place
 * @typedef {{ times: number[], timeWords: string[], model: number[], low: number, high: number, decimals: number,
 *   unit: string, compare: string, pad: Record<string, Place[]>, model_pad: Record<string, Place[]> }} DrawStep
 */

/**
 * The place of a point of the chart on its drawing, or the other way.
 * @param {Place} place
 */
export function onDrawing({ frame: [left, top, right, bottom], x, y }) {
  return {
    across: (time) => left + (time - x.low) / (x.high - x.low) * (right - left),
    up: (value) => bottom - (value - y.low) / (y.high - y.low) * (bottom - top),
    time: (px) => x.low + (px - left) / (right - left) * (x.high - x.low),
    value: (px) => y.low + (bottom - px) / (bottom - top) * (y.high - y.low),
  };
}

/**
 * The curve through what is set: between two set times straight, after the last one nothing.
 * @param {(number | null)[]} set
 * @returns {(number | null)[]}
 */
export function completed(set) {
  const known = set.flatMap((value, index) => (value === null ? [] : [index]));
  return set.map((value, index) => {
    if (value !== null) return value;
    const after = known.find((other) => other > index);
    const before = known.filter((other) => other < index).pop();
    if (after === undefined || before === undefined) return null;
    return set[before] + (set[after] - set[before]) * (index - before) / (after - before);
  });
}

/**
 * Draws a curve over every drawing of an element, in black with a white edge.
 * @param {Element} element
 * @param {Record<string, Place[]>} places
 * @param {DrawStep} step
 * @param {(number | null)[]} values
 * @param {number} [current] the time that the keyboard is at
 * @param {string} [word] beside the end of the curve
 */
export function drawOver(element, places, step, values, current = -1, word = '') {
  const space = 'http://www.w3.org/2000/svg';
  for (const svg of element.querySelectorAll('svg')) {
    svg.querySelector('.own')?.remove();
    const { across, up } = onDrawing(places[svg.classList[0]][0]);
    const group = document.createElementNS(space, 'g');
    group.setAttribute('class', 'own');
    const add = (name, attributes) => {
      const one = document.createElementNS(space, name);
      for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, String(value));
      group.append(one);
    };
    const points = values.flatMap((value, index) => (value === null ? [] : [[across(step.times[index]), up(value)]]));
    const line = points.map((point) => point.map((number) => number.toFixed(1)).join(',')).join(' ');
    const round = { fill: 'none', 'stroke-linejoin': 'round', 'stroke-linecap': 'round' };
    add('polyline', { points: line, stroke: '#fff', 'stroke-opacity': 0.7, 'stroke-width': 8, ...round });
    add('polyline', { points: line, stroke: '#1f2124', 'stroke-width': 4, 'stroke-dasharray': '2 8', ...round });
    for (const [cx, cy] of points) add('circle', { cx, cy, r: 5, fill: '#1f2124', stroke: '#fff', 'stroke-width': 2 });
    if (word) {
      const [x, y] = points[points.length - 1];
      const text = document.createElementNS(space, 'text');
      for (const [key, value] of Object.entries({ x: x - 8, y: y - 14, 'text-anchor': 'end', 'font-size': 17, 'font-weight': 700,
        fill: '#1f2124', stroke: '#fff', 'stroke-width': 4, 'paint-order': 'stroke' })) text.setAttribute(key, String(value));
      text.textContent = word;
      group.append(text);
    }
    if (current >= 0) {
      const { frame } = places[svg.classList[0]][0];
      const x = across(step.times[current]);
      add('line', { x1: x, x2: x, y1: frame[1], y2: frame[3], stroke: '#595959', 'stroke-width': 1.5, 'stroke-dasharray': '4 4' });
      const value = values[current];
      if (value !== null) add('circle', { cx: x, cy: up(value), r: 10, fill: 'none', stroke: '#1f2124', 'stroke-width': 3 });
    }
    svg.append(group);
  }
}

/**
 * Makes the pad of a step. `changed` hears the completed curve, in which what is not there yet is null.
 * @param {HTMLElement} section
 * @param {DrawStep} step
 * @param {Record<string, string>} words
 * @param {(number | null)[] | undefined} before
 * @param {(curve: (number | null)[]) => void} changed
 */
export function makePad(section, step, words, before, changed) {
  const pad = section.querySelector('.pad');
  const status = section.querySelector('.status');
  const last = step.times.length - 1;
  const set = step.times.map((_, index) => before?.[index] ?? null);
  set[0] = step.model[0];
  let current = 1;
  let locked = false;

  const fields = made('details', '');
  fields.append(made('summary', words.numbers));
  const list = made('div', '', { class: 'fields' });
  const inputs = step.times.slice(1).map((_, index) => {
    const label = made('label', step.timeWords[index + 1]);
    const input = document.createElement('input');
    Object.assign(input, { type: 'number', min: step.low, max: step.high, step: 'any', inputMode: 'decimal' });
    input.addEventListener('change', () => {
      if (input.value === '') set[index + 1] = null;
      else give(index + 1, input.valueAsNumber);
      show();
    });
    label.append(input);
    list.append(label);
    return input;
  });
  fields.append(list);
  section.querySelector('.controls').append(fields);

  for (const [key, value] of Object.entries({
    tabindex: '0', role: 'slider', 'aria-label': words.curve, 'aria-orientation': 'vertical',
    'aria-valuemin': String(step.low), 'aria-valuemax': String(step.high),
    'aria-describedby': `${section.id}-pad-words`,
  })) pad.setAttribute(key, value);

  /** @param {number} index @param {number} value */
  function give(index, value) {
    if (locked || index < 1 || !Number.isFinite(value)) return;
    set[index] = Math.min(Math.max(value, step.low), step.high);
  }

  function show() {
    const curve = completed(set);
    drawOver(pad, step.pad, step, curve, locked ? -1 : current);
    const value = curve[current];
    const time = step.timeWords[current];
    const told = value === null ? filledIn(words.nothing, { time })
      : filledIn(words.at, { time, value: written(value, step) });
    pad.setAttribute('aria-valuenow', String(value ?? step.low));
    pad.setAttribute('aria-valuetext', told);
    status.textContent = told;
    inputs.forEach((input, index) => {
      const own = curve[index + 1];
      if (input !== document.activeElement) input.value = own === null ? '' : own.toFixed(step.decimals + 1);
      input.disabled = locked;
    });
    changed(curve);
  }

  /** @param {PointerEvent} event */
  function spot(event) {
    const svg = [...pad.querySelectorAll('svg')].find((one) => one.getBoundingClientRect().width > 0);
    const box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal;
    const { time, value } = onDrawing(step.pad[svg.classList[0]][0]);
    const way = (time((event.clientX - box.left) * view.width / box.width) - step.times[0]) / (step.times[last] - step.times[0]);
    const at = Math.min(Math.max(way * last, 0), last);
    const index = Math.max(Math.round(at), 1);
    return { at, index, value: value((event.clientY - box.top) * view.height / box.height), x: event.clientX, y: event.clientY };
  }

  let from = null;
  pad.addEventListener('pointerdown', (event) => {
    if (locked || event.button) return;
    event.preventDefault();
    pad.focus({ preventScroll: true });
    pad.setPointerCapture(event.pointerId);
    from = spot(event);
    current = from.index;
    give(current, from.value);
    show();
  });
  pad.addEventListener('pointermove', (event) => {
    if (!from || locked) return;
    const to = spot(event);
    const [low, high] = [Math.min(from.at, to.at), Math.max(from.at, to.at)];
    // A stroke gives the times that it passes the values that it has there; one that goes up or down, its own time.
    for (let index = Math.ceil(low); index <= high && low < high; index += 1) {
      give(index, from.value + (to.value - from.value) * (index - from.at) / (to.at - from.at));
    }
    const isUpright = Math.abs(to.y - from.y) > 2 * Math.abs(to.x - from.x);
    if (isUpright || to.at > last - 0.1) give(to.index, to.value);
    current = to.index;
    from = to;
    show();
  });
  for (const end of ['pointerup', 'pointercancel']) pad.addEventListener(end, () => { from = null; });
  pad.addEventListener('keydown', (event) => {
    const fine = (step.high - step.low) / 100;
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const upward = { ArrowUp: fine, ArrowDown: -fine, PageUp: 10 * fine, PageDown: -10 * fine }[event.key];
    const jump = { Home: 1, End: last }[event.key];
    if (locked || (!sideways && !upward && !jump)) return;
    event.preventDefault();
    if (sideways) current = Math.min(Math.max(current + sideways, 1), last);
    else if (jump) current = jump;
    else give(current, (completed(set)[current] ?? set.slice(0, current).filter((value) => value !== null).pop()) + upward);
    show();
  });
  show();
  if (!before) status.textContent = '';
  return {
    lock() {
      locked = true;
      for (const name of ['tabindex', 'role', 'aria-orientation', 'aria-valuemin', 'aria-valuemax', 'aria-valuenow',
        'aria-valuetext', 'aria-label', 'aria-describedby']) pad.removeAttribute(name);
      show();
      status.textContent = '';
    },
  };
}

/**
 * What is compared of two curves, and how far they are apart in it.
 * @param {string} compare
 * @param {number[]} own
 * @param {number[]} model
 */
export function comparedCurves(compare, own, model) {
  if (compare === 'course') {
    return { distance: Math.max(...own.map((value, index) => Math.abs(value - model[index]))) };
  }
  const of = (all) => ({ end: all[all.length - 1], highest: Math.max(...all), lowest: Math.min(...all) })[compare];
  return { own: of(own), model: of(model), distance: Math.abs(of(own) - of(model)) };
}
