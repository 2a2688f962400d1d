/** A state as the fragment of an address, and its copy on this device. */

const LINK_VERSION = 1;
const LONGEST_LINK = 80_000;
const KEPT_AS = 'calcifate-explorer';

/** @param {object} state */
export function fragmentOf(state) {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return `#v${LINK_VERSION}.${base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/**
 * What a fragment holds: nothing, a state still to be checked, or the name of a message that says what is wrong.
 * @param {string} fragment
 * @returns {{ value?: unknown, wrong?: string }}
 */
export function readFragment(fragment) {
  if (!fragment || fragment === '#' || /^#[a-z-]+$/.test(fragment)) return {};
  const version = /^#v(\d{1,4})\./.exec(fragment);
  if (!version || fragment.length > LONGEST_LINK) return { wrong: 'link_unreadable' };
  if (Number(version[1]) !== LINK_VERSION) return { wrong: 'link_version' };
  try {
    const base64 = fragment.slice(version[0].length).replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return { wrong: 'link_unreadable' };
  }
}

/** Keeps a state on this device; false where the browser forbids it. */
export function keepState(state) {
  try {
    localStorage.setItem(KEPT_AS, fragmentOf(state));
    return true;
  } catch {
    return false;
  }
}

/** The kept state, still to be checked. */
export function keptState() {
  try {
    return readFragment(localStorage.getItem(KEPT_AS) ?? '').value;
  } catch {
    return undefined;
  }
}
