'use strict';
(() => {
  const { figures, words } = JSON.parse(document.getElementById('data').textContent);
  const space = 'http://www.w3.org/2000/svg';
  const share = (axis, value) => axis.decades
    ? Math.log(Math.max(value, axis.low) / axis.low) / Math.log(axis.high / axis.low)
    : (value - axis.low) / (axis.high - axis.low);
  const spot = (place, [x, y]) => {
    const [left, top, right, bottom] = place.frame;
    return [left + share(place.x, x) * (right - left), bottom - share(place.y, y) * (bottom - top)];
  };
  const number = (value, axis) => {
    if (value === 0) return '0';
    const size = Math.abs(value);
    const digits = axis.decades || size >= 1e6 || size < 1e-3 ? 3 : 0;
    const text = digits ? Number(value.toPrecision(digits)).toString()
      : value.toFixed(Math.min(axis.decimals + (size < 100 ? 1 : 0), 6));
    return text.replace('-', '−');
  };
  const unit = (text) => (/\[([^\]]+)\]/.exec(text) || ['', ''])[1];
  const piece = (name, text) => {
    const element = document.createElement(name);
    element.textContent = text;
    return element;
  };

  for (const drawing of document.querySelectorAll('.drawing')) {
    const { panels, places } = figures[drawing.dataset.figure];
    const line = drawing.parentElement.querySelector('.values');
    if (!panels.length) { line.remove(); continue; }
    line.dataset.help = words.help;
    const curves = panels.map((panel) => panel.series.filter((one) => one.points && one.points.length > 1));
    const runsRight = curves.map((all) => all.length > 0 && all.every((one) =>
      one.points.every((point, index) => index === 0 || point[0] >= one.points[index - 1][0])));
    let marks = [];
    let at = null; // the panel and the value of its horizontal axis, or the place among the items

    const svg = () => [...drawing.querySelectorAll('svg')].find((one) => one.getBoundingClientRect().width > 0);
    const clear = () => { marks.forEach((mark) => mark.remove()); marks = []; };
    const mark = (root, name, attributes) => {
      const element = document.createElementNS(space, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      root.append(element);
      marks.push(element);
    };
    const tell = (panel, place, head, values) => {
      line.replaceChildren();
      const title = [panel.heading, head].filter((part) => part).join(', ');
      if (title) line.append(piece('span', `${title}: `));
      for (const { name, color, text } of values) {
        if (color) {
          const swatch = piece('span', '');
          swatch.className = 'swatch';
          swatch.style.background = color;
          line.append(swatch);
        }
        if (name) line.append(piece('span', `${name} `));
        line.append(piece('b', text), ' ');
      }
    };
    const nearest = (points, x) => {
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
    const showAt = (index, x) => {
      const root = svg(), panel = panels[index], place = places[root.classList[0]][index];
      const [left, top, , bottom] = place.frame;
      clear();
      const across = spot(place, [x, 0])[0];
      mark(root, 'line', { x1: across, x2: across, y1: top, y2: bottom, stroke: '#595959', 'stroke-width': 1.5 });
      const values = [];
      for (const { name, color, points } of curves[index]) {
        const y = nearest(points, x);
        if (y === null) continue;
        const [cx, cy] = spot(place, [x, y]);
        mark(root, 'circle', { cx, cy, r: 6, fill: color, stroke: '#fff', 'stroke-width': 2 });
        values.push({ name, color, text: `${number(y, place.y)} ${unit(panel.unit) || unit(panel.y)}` });
      }
      for (const { name, color, points: [point], interval } of panel.series.filter((one) => 'interval' in one)) {
        const [cx, cy] = spot(place, point);
        if (Math.abs(cx - across) > 12) continue;
        mark(root, 'circle', { cx, cy, r: 10, fill: 'none', stroke: color, 'stroke-width': 3 });
        const ends = interval ? ` (${number(interval[0], place.y)}–${number(interval[1], place.y)})` : '';
        values.push({ name, color, text: `${number(point[1], place.y)}${ends} ${unit(panel.unit) || unit(panel.y)}` });
      }
      tell(panel, place, `${panel.x.replace(/ *\[.*/, '')} ${number(x, place.x)} ${unit(panel.x)}`, values);
      at = { index, x };
    };
    const items = panels.flatMap((panel, index) => runsRight[index] ? [] : panel.series.flatMap((one) =>
      one.bar ? [{ index, one, bar: one.bar }] : one.points.map((point) => ({ index, one, point }))));
    const showItem = (order) => {
      const { index, one, point, bar } = items[order];
      const root = svg(), panel = panels[index], place = places[root.classList[0]][index];
      const own = (axis, title, value) => `${number(value, axis)} ${unit(title)}`.trim();
      const rowOf = (y) => panel.rows[panel.rows.length - 1 - Math.floor(y)];
      const across = panel.x || panel.unit, up = panel.unit || panel.y;
      let text;
      clear();
      if (bar) {
        const [[x1, y1], [x2, y2]] = bar;
        const [left, top] = spot(place, [Math.min(x1, x2), Math.max(y1, y2)]);
        const [right, bottom] = spot(place, [Math.max(x1, x2), Math.min(y1, y2)]);
        mark(root, 'rect', { x: left, y: top, width: right - left, height: bottom - top, fill: 'none', stroke: '#222', 'stroke-width': 3 });
        text = panel.rows.length ? own(place.x, panel.unit || panel.x, x2 - x1) : own(place.y, up, y2 - y1);
        tell(panel, place, rowOf(Math.min(y1, y2)), [{ name: one.name, color: one.color, text }]);
      } else {
        const [cx, cy] = spot(place, point);
        mark(root, 'circle', { cx, cy, r: 8, fill: one.color, stroke: '#fff', 'stroke-width': 2.5 });
        const row = rowOf(point[1]);
        text = row ? own(place.x, across, point[0]) : `${own(place.x, panel.x, point[0])}, ${own(place.y, up, point[1])}`;
        tell(panel, place, '', [{ name: row || one.name, color: one.color, text }]);
      }
      at = { order };
    };
    const follow = (event) => {
      const root = svg();
      if (!root) return;
      const box = root.getBoundingClientRect(), view = root.viewBox.baseVal;
      const x = (event.clientX - box.left) * view.width / box.width;
      const y = (event.clientY - box.top) * view.height / box.height;
      const all = places[root.classList[0]];
      const index = all.findIndex(({ frame }) => x >= frame[0] - 8 && x <= frame[2] + 8 && y >= frame[1] && y <= frame[3]);
      if (index < 0) return;
      const place = all[index], [left, , right] = place.frame;
      if (runsRight[index]) {
        const part = Math.min(Math.max((x - left) / (right - left), 0), 1);
        const { low, high, decades } = place.x;
        return showAt(index, decades ? low * (high / low) ** part : low + part * (high - low));
      }
      let best = -1, least = Infinity;
      items.forEach(({ index: own, point, bar }, order) => {
        if (own !== index) return;
        const [[x1, y1], [x2, y2]] = (bar || [point, point]).map((one) => spot(place, one));
        const beyond = (value, a, b) => Math.max(Math.min(a, b) - value, value - Math.max(a, b), 0);
        const far = Math.hypot(beyond(x, x1, x2), beyond(y, y1, y2));
        if (far < least) { best = order; least = far; }
      });
      if (best >= 0) showItem(best);
    };
    drawing.addEventListener('pointermove', follow);
    drawing.addEventListener('pointerdown', follow);
    drawing.addEventListener('pointerleave', (event) => {
      if (event.pointerType === 'mouse') { clear(); line.replaceChildren(); at = null; }
    });
    drawing.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], turn = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const able = runsRight.flatMap((yes, index) => yes ? [index] : []);
      if (event.key === 'Escape') { clear(); line.replaceChildren(); at = null; return; }
      if (!step && !turn || able.length === 1 && turn) return;
      event.preventDefault();
      if (able.length) {
        const place = places[svg().classList[0]];
        const now = at && at.index !== undefined ? at : { index: able[0], x: place[able[0]].x.low };
        const index = turn ? able[(able.indexOf(now.index) + turn + able.length) % able.length] : now.index;
        const { low, high } = place[index].x;
        const moved = now.x + (at && step ? step * (high - low) / 20 : 0);
        showAt(index, Math.min(Math.max(moved, low), high));
      } else if (items.length) {
        const now = at ? at.order + (step || turn) : 0;
        showItem((now + items.length) % items.length);
      }
    });
  }
})();
