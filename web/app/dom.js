/** Elements of the page. Texts of people become text, never markup. */

/**
 * @param {string} name
 * @param {Object<string, unknown>} [attributes] functions listen, `text` is the text, false and null are left out
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (key === 'text') element.textContent = String(value);
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

/** @param {string} id @returns {any} */
export function byId(id) { return document.getElementById(id); }

/** The drawing in an SVG text, without anything that could act. @param {string} text @returns {SVGElement | null} */
export function drawingOf(text) {
  const root = new DOMParser().parseFromString(text, 'text/html').querySelector('svg');
  if (!root) return null;
  root.querySelectorAll('script, foreignObject').forEach((one) => one.remove());
  return document.importNode(root, true);
}
