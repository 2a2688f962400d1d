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

/** A number as a reader writes it: a minus sign, no digits that say nothing. */
export function numberText(value, digits = 3) {
  const rounded = Number(value.toPrecision(Math.max(digits, Math.ceil(Math.log10(Math.abs(value) + 1)))));
  return rounded.toLocaleString('en', { maximumFractionDigits: 6 }).replace('-', '−');
}
