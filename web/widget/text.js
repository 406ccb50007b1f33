// Texts as they are shown: typography, dates, links, the blocks of an answer.
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
    return url && (/^(https|mailto|tel):/.test(url) || url.origin === home) ? url : null;
  } catch {
    return null;
  }
};

export const link = (address, text, tongue, home) => {
  const url = safeLink(address, home);
  if (!url) return text;
  const web = /^http/.test(url.protocol);
  const outside = web && url.origin !== home && url.origin !== location.origin;
  const tab = web && (url.origin !== location.origin || self !== top);   // the page, or the frame, keeps the conversation
  return h('a', { href: url.href, rel: 'noopener noreferrer', target: tab && '_blank', class: outside && 'out' }, text,
    tab && h('span', { class: 'hide' }, outside ? TEXTS[tongue].$outside : TEXTS[tongue].$tab));
};

const EMAIL = /[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/;
const PHONE = /(?:\+|\b0)\d(?:[\s.()-]{0,2}\d){7,13}\b|(?:\(\d{3}\)\s?|\b\d{3}[.-])\d{3}[\s.-]\d{4}\b/;   // as most countries write them
const SOCIAL_SECURITY = /\b[12]\s?\d\d\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?\d[\dAB]\s?\d{3}\s?\d{3}(?:\s?\d\d)?\b/;   // of France
export const isPersonal = (text) => [EMAIL, PHONE, SOCIAL_SECURITY].some((pattern) => pattern.test(text));

// The tree of an answer as elements: its blocks (service.js), their lines, and texts that lead somewhere or not.
export const blocks = (tree, tongue, home) => {
  let room = LONGEST_SHOWN;
  const run = ({ text, href, strong }) => {
    const shown = text.slice(0, room);
    room -= shown.length;
    const leading = shown && link(href, typo(shown, tongue), tongue, home);
    return strong ? h('strong', null, leading) : leading;
  };
  const filled = (tag, line) => h(tag, null, ...line.map(run));
  return tree.flatMap(({ tag, lines }) => tag ? h(tag, null, ...lines.map((line) => filled('li', line))) : lines.map((line) => filled('p', line)));
};
