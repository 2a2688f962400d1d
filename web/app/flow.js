/** Dots that move along the arrows of the body map, as fast as calcium flows. */

import { make } from './dom.js';
import { say } from './words.js';

/** Units of the drawing per second, for each mg of calcium a day. */
const SPEED = 0.025;
const BETWEEN_DOTS = 26;
const RADIUS = 3;
/** Slower dots stand still for anyone who looks. */
const LONGEST_S = 1e6;

const STILL = matchMedia('(prefers-reduced-motion: reduce)');

const svgPart = (name, attributes) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
};

const lengthOfPath = (points) => points.slice(1).reduce((sum, [x, y], at) => sum + Math.hypot(x - points[at][0], y - points[at][1]), 0);

/** The dots of one arrow. @param {{ points: [number, number][], flow: number }} arrow */
function dotsOf({ points, flow }) {
  const length = lengthOfPath(points), seconds = Math.min(length / (SPEED * flow), LONGEST_S);
  const path = points.map(([x, y], at) => `${at ? 'L' : 'M'}${x} ${y}`).join('');
  const count = Math.max(1, Math.round(length / BETWEEN_DOTS));
  return Array.from({ length: count }, (_, at) => {
    const dot = svgPart('circle', { r: RADIUS });
    dot.append(svgPart('animateMotion', { path, dur: `${seconds}s`, begin: `${-(at + 0.5) / count * seconds}s`, repeatCount: 'indefinite' }));
    return dot;
  });
}

/** Moves the dots of one drawing while it is seen; a reader can stop them. */
export class Flow {
  constructor() {
    this.stopped = this.offered = false;
    this.drawing = null;
    this.seen = true;
    this.button = make('button', { type: 'button', class: 'plain', click: () => this.toggle() });
    this.words = make('p', { class: 'flow', hidden: true }, this.button, ` ${say('flow_note')}`);
    document.addEventListener('visibilitychange', () => this.run());
    STILL.addEventListener('change', () => { this.offer(this.offered); this.take(this.drawing, this.arrows); });
    this.observer = new IntersectionObserver((entries) => {
      this.seen = entries[entries.length - 1].isIntersecting;
      this.run();
    });
  }

  /** Shows button and words where there is something to move. @param {boolean} offered */
  offer(offered) {
    this.offered = offered;
    this.words.hidden = !offered || STILL.matches;
    this.button.textContent = say(this.stopped ? 'flow_go' : 'flow_stop');
  }

  /** Puts dots on a drawing with arrows; takes them off one without. @param {SVGSVGElement | null} drawing @param {object[]} [arrows] */
  take(drawing, arrows = []) {
    this.observer.disconnect();
    this.drawing?.querySelector('.flow-dots')?.remove();
    Object.assign(this, { drawing, arrows });
    if (drawing === null || !arrows.length || STILL.matches) return;
    const dots = svgPart('g', { class: 'flow-dots', 'aria-hidden': 'true' });
    dots.append(...arrows.filter(({ flow }) => flow > 0).flatMap(dotsOf));
    drawing.append(dots);
    // What began earlier goes on where it was.
    drawing.setCurrentTime(performance.now() / 1000);
    this.observer.observe(drawing);
    this.run();
  }

  toggle() {
    this.stopped = !this.stopped;
    this.run();
  }

  run() {
    this.offer(this.offered);
    if (!this.drawing) return;
    if (this.stopped || !this.seen || document.hidden) this.drawing.pauseAnimations(); else this.drawing.unpauseAnimations();
  }
}
