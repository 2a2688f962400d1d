/** What a reader takes along: link, scenario, figures, table. */

import { byId } from './dom.js';
import { say } from './words.js';

/** Hands a file to the browser. @param {string} name @param {string} type @param {BlobPart} content */
export function saveFile(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** Copies the link; where the browser forbids that, it is selected for the reader. */
async function copyLink() {
  const field = byId('link');
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    byId('kept').textContent = say('copied');
  } catch {
    byId('kept').textContent = say('copy_by_hand');
  }
}

/** The media type of each form of a figure. */
const FORMS = { svg: 'image/svg+xml', png: 'image/png' };

/**
 * @param {(request: object) => Promise<any>} ask answers, problems already told: then null
 * @param {() => { arms: object[], name: string }} now
 * @param {(form: string) => Promise<{ name: string, file: string }[] | null>} figures those in view, in a form
 */
export function wireKeeping(ask, now, figures) {
  const on = (id, act) => byId(id).addEventListener('click', act);
  const saved = async (request, save) => {
    const answer = await ask(request);
    if (!answer) return;
    save(answer);
    byId('kept').textContent = say('saved');
  };
  on('copy', copyLink);
  on('print', () => print());
  on('save-scenario', () => saved({ do: 'scenario', arms: now().arms }, ({ toml }) => saveFile(`${now().name}.toml`, 'application/toml', toml)));
  on('save-csv', () => saved({ do: 'csv', arms: now().arms }, ({ text }) => saveFile(`${now().name}.csv`, 'text/csv', text)));
  for (const [form, type] of Object.entries(FORMS)) {
    on(`save-${form}`, async () => {
      const files = await figures(form);
      files?.forEach(({ name, file }) => saveFile(`${name}.${form}`, type, form === 'svg' ? file : bytesOf(file)));
      if (files) byId('kept').textContent = say(files.length ? 'saved' : 'nothing_to_save');
    });
  }
}
