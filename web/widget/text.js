// From the plain text of an answer to paragraphs, lists and links.
import { h } from './dom.js';
import { TEXTS } from './strings.js';

const LONGEST_SHOWN = 4000;

// French spaces before high punctuation do not break, and apostrophes are typeset.
export const typo = (text, tongue) => tongue === 'fr'
  ? text.replace(/ ([?!;])/g, '\u202f$1').replace(/ ([:»%])/g, '\u00a0$1').replace(/« /g, '«\u00a0').replace(/'/g, '’')
  : text;

export const locale = (tongue) => tongue === 'fr' ? 'fr-FR' : 'en-GB';

export const saying = (who, tongue) => who + (tongue === 'fr' ? '\u00a0: ' : ': ');

export const day = (date, tongue) => {
  const [year, month, dayOfMonth] = String(date || '').split('-').map(Number);
  if (!year) return '';
  const parts = { timeZone: 'UTC', year: 'numeric', month: month ? 'long' : undefined, day: dayOfMonth ? 'numeric' : undefined };
  return new Intl.DateTimeFormat(locale(tongue), parts)
    .format(Date.UTC(year, (month || 1) - 1, dayOfMonth || 1)).replace(tongue === 'fr' ? /^1 / : /^$/, '1er ').replace(' ', '\u00a0');
};

// The address if a visitor may be sent there, else nothing.
export const safeLink = (address, home) => {
  try {
    const url = address && new URL(address, home);
    return url && (['https:', 'mailto:', 'tel:'].includes(url.protocol) || url.origin === home) ? url : null;
  } catch {
    return null;
  }
};

export const link = (address, text, tongue, home) => {
  const url = safeLink(address, home);
  if (!url) return text;
  const outside = url.protocol === 'https:' && url.origin !== home && url.origin !== location.origin;
  return h('a', { href: url.href, rel: 'noopener noreferrer', target: outside ? '_blank' : null, class: outside ? 'out' : null }, text,
    outside ? h('span', { class: 'hide' }, TEXTS[tongue].$outside) : null);
};

const EMAIL = /[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/;
const PHONE = /(?:(?:\+|\b00)33\s?(?:\(0\)\s?)?|\b0)[1-9](?:[\s.-]?\d\d){4}\b/;   // of France
const SOCIAL_SECURITY = /\b[12]\s?\d\d\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?\d[\dAB]\s?\d{3}\s?\d{3}(?:\s?\d\d)?\b/;   // of France
export const isPersonal = (text) => [EMAIL, PHONE, SOCIAL_SECURITY].some((pattern) => pattern.test(text));

// What can be followed in a text, each kind with the address it leads to.
const LINKS = [
  [EMAIL, (text) => `mailto:${text}`],
  [/https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)\]]/, (text) => text],
  [/\b(?:[a-z0-9-]+\.)+(?:org|com|fr|eu|net|edu)\b(?:\/[^\s<>"«»]*[^\s<>"«».,;:!?)\]])?/, (text) => `https://${text}`],
  [PHONE, (text) => `tel:${text.replace(/\(0\)|[^+\d]/g, '')}`],
  [/\b\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|boulevard|bd|place|chemin|cours|route|allée|traverse|quai|impasse)\b[^\n;:]{3,70}?\b\d{5} [A-ZÀ-Ý][\p{L}-]+/iu,
    (text) => `https://www.openstreetmap.org/search?query=${encodeURIComponent(text)}`],
];
// In an answer to somebody in danger every short number is one to call.
const HELPLINES = [/\b\d{2,4}\b/, (text) => `tel:${text}`];

const linked = (text, tongue, home, kinds) => {
  const [first, ...others] = kinds;
  if (!first) return [text];
  const [pattern, address] = first;
  const out = [];
  let rest = text;
  for (let found; (found = pattern.exec(rest)); rest = rest.slice(found.index + found[0].length)) {
    out.push(...linked(rest.slice(0, found.index), tongue, home, others), link(address(found[0]), found[0], tongue, home));
  }
  return rest ? [...out, ...linked(rest, tongue, home, others)] : out;
};

// Lines that begin with "1." or "-" become a list, others paragraphs.
export const blocks = (text, tongue, home, urgent) => {
  const kinds = urgent ? [...LINKS, HELPLINES] : LINKS;
  const out = [];
  for (const line of String(text).slice(0, LONGEST_SHOWN).split('\n')) {
    if (!line.trim()) continue;
    const item = /^\s*(?:(\d+)[.)]|[-•])\s+(.*)$/.exec(line);
    const inside = linked(typo(item ? item[2] : line, tongue), tongue, home, kinds);
    const tag = !item ? 'p' : item[1] ? 'ol' : 'ul';
    if (item && out.at(-1)?.localName !== tag) out.push(h(tag));
    if (item) out.at(-1).append(h('li', null, ...inside));
    else out.push(h('p', null, ...inside));
  }
  return out;
};
