/** Words of the catalogue of messages. */

/** @type {Object<string, string>} */
let catalogueWords = {};

/** @param {Object<string, string>} words by key, `explorer.freeze` */
export function takeWords(words) { catalogueWords = { ...catalogueWords, ...words }; }

/**
 * The message with this name, its placeholders filled.
 * @param {string} name without `explorer.`
 * @param {Object<string, string | number>} [values]
 */
export function say(name, values = {}) {
  const text = catalogueWords[`explorer.${name}`] ?? name;
  return text.replaceAll('~', '\u00a0').replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}

/** Fills the elements of the page that name their message. */
export function fillWords() {
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll('[data-name]')) element.setAttribute('aria-label', say(element.dataset.name));
}

/** No number of a reader is larger, with either sign. */
export const LARGEST_NUMBER = 1e12;

/** More digits are refused by the language. */
const MOST_DIGITS = 100;

/** A number as the figures write it: a minus sign, no digits that say nothing, thousands parted where there are more than four digits. */
export function numberText(value, digits = 3) {
  const whole = Math.ceil(Math.log10(Math.abs(value) + 1));
  const rounded = Number(value.toPrecision(Math.min(MOST_DIGITS, Math.max(digits, whole))));
  const text = rounded.toLocaleString('en', { maximumFractionDigits: 6, useGrouping: false });
  return text.replace(/\d{5,}/, (front) => front.replace(/\B(?=(\d{3})+$)/g, '\u00a0')).replace('-', '−');
}

/** A text of at most so many letters, cut between words. @param {string} text @param {number} room */
export function cutAtWord(text, room) {
  if (text.length <= room) return text;
  const cut = text.slice(0, room - 1), space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > room / 2 ? space : room - 1).replace(/[ ,+]+$/, '')}…`;
}
