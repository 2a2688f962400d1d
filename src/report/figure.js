/**
 * Values of a figure under a pointer and by arrow keys, for pages of results and for the explorer.
 *
 * @typedef {{ low: number, high: number, decades: boolean, decimals: number }} Axis
 * @typedef {{ frame: [number, number, number, number], x: Axis, y: Axis }} Place
 * @typedef {[number, number]} Point
 * @typedef {{ name: string, color: string, points?: Point[], bar?: [Point, Point], interval?: [number, number] }} Series
 * @typedef {{ heading: string, unit: string, x: string, y: string, rows: string[], series: Series[] }} Panel
 * @typedef {{ panels: Panel[], places: Object<string, Place[]> }} FigureNumbers places by the first class of the drawing
 */

const SVG_SPACE = 'http://www.w3.org/2000/svg';

const shareOfAxis = (axis, value) => axis.decades
  ? Math.log(Math.max(value, axis.low) / axis.low) / Math.log(axis.high / axis.low)
  : (value - axis.low) / (axis.high - axis.low);

const spotOnDrawing = (place, [x, y]) => {
  const [left, top, right, bottom] = place.frame;
  return [left + shareOfAxis(place.x, x) * (right - left), bottom - shareOfAxis(place.y, y) * (bottom - top)];
};

const numberOnAxis = (value, axis) => {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const digits = axis.decades || size >= 1e6 || size < 1e-3 ? 3 : 0;
  const text = digits ? Number(value.toPrecision(digits)).toString()
    : value.toFixed(Math.min(axis.decimals + (size < 100 ? 1 : 0), 6));
  return text.replace('-', '−');
};

const unitOfTitle = (text) => (/\[([^\]]+)\]/.exec(text) || ['', ''])[1];

const textElement = (name, text) => {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
};

/** Height of a curve at x, between its points; null beyond its ends. */
const heightAt = (points, x) => {
  let low = 0, high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle][0] <= x) low = middle; else high = middle;
  }
  const [a, b] = [points[low], points[high]];
  if (x < a[0] || x > b[0]) return null;
  const part = b[0] > a[0] ? (x - a[0]) / (b[0] - a[0]) : 0;
  return a[1] + part * (b[1] - a[1]);
};

/** Tells the values of one drawing in a line of text. */
export class ValueReader {
  /** @param {HTMLElement} drawing @param {HTMLElement} line @param {string} help said while no value is told */
  constructor(drawing, line, help) {
    Object.assign(this, { drawing, line, panels: [], places: {}, curves: [], runsRight: [], items: [], marks: [] });
    this.at = null; // the panel and the value of its horizontal axis, or the place among the items
    line.dataset.help = help;
    const follow = (event) => this.follow(event);
    drawing.addEventListener('pointermove', follow);
    drawing.addEventListener('pointerdown', follow);
    drawing.addEventListener('pointerleave', (event) => { if (event.pointerType === 'mouse') this.forget(); });
    drawing.addEventListener('keydown', (event) => this.key(event));
  }

  /** Takes the numbers of the figure that the drawing shows. @param {FigureNumbers} numbers */
  take({ panels, places }) {
    this.forget();
    Object.assign(this, { panels, places });
    this.curves = panels.map((panel) => panel.series.filter((one) => one.points && one.points.length > 1));
    this.runsRight = this.curves.map((all) => all.length > 0 && all.every((one) =>
      one.points.every((point, index) => index === 0 || point[0] >= one.points[index - 1][0])));
    this.items = panels.flatMap((panel, index) => this.runsRight[index] ? [] : panel.series.flatMap((one) =>
      one.bar ? [{ index, one, bar: one.bar }] : one.points.map((point) => ({ index, one, point }))));
  }

  forget() {
    this.clear();
    this.line.replaceChildren();
    this.at = null;
  }

  /** The drawing that is seen: a page may hold one for wide and one for narrow screens. */
  seen() {
    return [...this.drawing.querySelectorAll('svg')].find((one) => one.getBoundingClientRect().width > 0);
  }

  placesOf(root) { return (root && this.places[root.classList[0]]) || []; }

  clear() {
    this.marks.forEach((mark) => mark.remove());
    this.marks = [];
  }

  mark(root, name, attributes) {
    const element = document.createElementNS(SVG_SPACE, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    root.append(element);
    this.marks.push(element);
  }

  tell(panel, head, values) {
    this.line.replaceChildren();
    const title = [panel.heading, head].filter((part) => part).join(', ');
    if (title) this.line.append(textElement('span', `${title}: `));
    for (const { name, color, text } of values) {
      if (color) {
        const swatch = textElement('span', '');
        swatch.className = 'swatch';
        swatch.style.background = color;
        this.line.append(swatch);
      }
      if (name) this.line.append(textElement('span', `${name} `));
      this.line.append(textElement('b', text), ' ');
    }
  }

  /** Tells all curves of a panel at a value of its horizontal axis. */
  showAt(index, x) {
    const root = this.seen(), panel = this.panels[index], place = this.placesOf(root)[index];
    if (!place) return;
    const [, top, , bottom] = place.frame;
    this.clear();
    const across = spotOnDrawing(place, [x, 0])[0];
    this.mark(root, 'line', { x1: across, x2: across, y1: top, y2: bottom, stroke: '#595959', 'stroke-width': 1.5 });
    const values = [];
    for (const { name, color, points } of this.curves[index]) {
      const y = heightAt(points, x);
      if (y === null) continue;
      const [cx, cy] = spotOnDrawing(place, [x, y]);
      this.mark(root, 'circle', { cx, cy, r: 6, fill: color, stroke: '#fff', 'stroke-width': 2 });
      values.push({ name, color, text: `${numberOnAxis(y, place.y)} ${unitOfTitle(panel.unit) || unitOfTitle(panel.y)}` });
    }
    values.push(...this.observedNear(panel, place, across));
    this.tell(panel, `${panel.x.replace(/ *\[.*/, '')} ${numberOnAxis(x, place.x)} ${unitOfTitle(panel.x)}`, values);
    this.at = { index, x };
  }

  /** Observations of other people near a place on the horizontal axis, with their intervals. */
  observedNear(panel, place, across) {
    const root = this.seen(), values = [];
    for (const { name, color, points: [point], interval } of panel.series.filter((one) => 'interval' in one)) {
      const [cx, cy] = spotOnDrawing(place, point);
      if (Math.abs(cx - across) > 12) continue;
      this.mark(root, 'circle', { cx, cy, r: 10, fill: 'none', stroke: color, 'stroke-width': 3 });
      const ends = interval ? ` (${numberOnAxis(interval[0], place.y)}–${numberOnAxis(interval[1], place.y)})` : '';
      values.push({ name, color, text: `${numberOnAxis(point[1], place.y)}${ends} ${unitOfTitle(panel.unit) || unitOfTitle(panel.y)}` });
    }
    return values;
  }

  /** Tells a dot or a bar. */
  showItem(order) {
    const { index, one, point, bar } = this.items[order];
    const root = this.seen(), panel = this.panels[index], place = this.placesOf(root)[index];
    if (!place) return;
    const own = (axis, title, value) => `${numberOnAxis(value, axis)} ${unitOfTitle(title)}`.trim();
    const rowOf = (y) => panel.rows[panel.rows.length - 1 - Math.floor(y)];
    const up = panel.unit || panel.y;
    this.clear();
    if (bar) {
      const [[x1, y1], [x2, y2]] = bar;
      const [left, top] = spotOnDrawing(place, [Math.min(x1, x2), Math.max(y1, y2)]);
      const [right, bottom] = spotOnDrawing(place, [Math.max(x1, x2), Math.min(y1, y2)]);
      this.mark(root, 'rect', { x: left, y: top, width: right - left, height: bottom - top, fill: 'none', stroke: '#222', 'stroke-width': 3 });
      const text = panel.rows.length ? own(place.x, panel.unit || panel.x, x2 - x1) : own(place.y, up, y2 - y1);
      this.tell(panel, rowOf(Math.min(y1, y2)), [{ name: one.name, color: one.color, text }]);
    } else {
      const [cx, cy] = spotOnDrawing(place, point);
      this.mark(root, 'circle', { cx, cy, r: 8, fill: one.color, stroke: '#fff', 'stroke-width': 2.5 });
      const row = rowOf(point[1]);
      const text = row ? own(place.x, panel.x || panel.unit, point[0])
        : `${own(place.x, panel.x, point[0])}, ${own(place.y, up, point[1])}`;
      this.tell(panel, '', [{ name: row || one.name, color: one.color, text }]);
    }
    this.at = { order };
  }

  follow(event) {
    const root = this.seen();
    if (!root) return;
    const box = root.getBoundingClientRect(), view = root.viewBox.baseVal;
    const x = (event.clientX - box.left) * view.width / box.width;
    const y = (event.clientY - box.top) * view.height / box.height;
    const all = this.placesOf(root);
    const index = all.findIndex(({ frame }) => x >= frame[0] - 8 && x <= frame[2] + 8 && y >= frame[1] && y <= frame[3]);
    if (index < 0) return;
    const [left, , right] = all[index].frame;
    if (this.runsRight[index]) {
      const part = Math.min(Math.max((x - left) / (right - left), 0), 1);
      const { low, high, decades } = all[index].x;
      this.showAt(index, decades ? low * (high / low) ** part : low + part * (high - low));
      return;
    }
    const nearest = this.nearestItem(index, all[index], x, y);
    if (nearest >= 0) this.showItem(nearest);
  }

  nearestItem(index, place, x, y) {
    let best = -1, least = Infinity;
    this.items.forEach(({ index: own, point, bar }, order) => {
      if (own !== index) return;
      const [[x1, y1], [x2, y2]] = (bar || [point, point]).map((one) => spotOnDrawing(place, one));
      const beyond = (value, a, b) => Math.max(Math.min(a, b) - value, value - Math.max(a, b), 0);
      const far = Math.hypot(beyond(x, x1, x2), beyond(y, y1, y2));
      if (far < least) { best = order; least = far; }
    });
    return best;
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], turn = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const able = this.runsRight.flatMap((yes, index) => yes ? [index] : []);
    if (event.key === 'Escape') { this.forget(); return; }
    if (!step && !turn || able.length === 1 && turn) return;
    event.preventDefault();
    const at = this.at;
    if (able.length) {
      const places = this.placesOf(this.seen());
      const now = at && at.index !== undefined ? at : { index: able[0], x: places[able[0]].x.low };
      const index = turn ? able[(able.indexOf(now.index) + turn + able.length) % able.length] : now.index;
      const { low, high } = places[index].x;
      const moved = now.x + (at && step ? step * (high - low) / 20 : 0);
      this.showAt(index, Math.min(Math.max(moved, low), high));
    } else if (this.items.length) {
      const now = at ? at.order + (step || turn) : 0;
      this.showItem((now + this.items.length) % this.items.length);
    }
  }
}
