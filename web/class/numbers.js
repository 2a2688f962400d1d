// Numbers and texts of the page of an exercise.

/**
 * A text whose places in braces are filled in.
 * @param {string} text
 * @param {Record<string, string | number>} values
 * @returns {string}
 */
export function filledIn(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * A number as a clinic writes it, with its unit.
 * @param {number} value
 * @param {{ decimals: number, unit: string }} step
 * @param {number} [more] decimals beside those
 * @returns {string}
 */
export function written(value, step, more = 0) {
  const text = value.toFixed(step.decimals + more).replace(/^-(?=0(\.0*)?$)/, '').replace('-', '−');
  return step.unit ? `${text}\u00a0${step.unit}` : text;
}

/**
 * An element with a text.
 * @param {string} name
 * @param {string} text
 * @param {Record<string, string>} [attributes]
 * @returns {HTMLElement}
 */
export function made(name, text, attributes = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
