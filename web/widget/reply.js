// One answer: what was said, where it comes from, what to do next.
// `chat` gives $home (the server's origin), $ask, $rate, $kept (whether questions are), $contact(lang) (a link or a button).
import { h, icon } from './dom.js';
import { TEXTS } from './strings.js';
import { blocks, day, link, locale, safeLink, saying, typo } from './text.js';

// A group of questions to choose from; once one is chosen, all stay readable and do nothing more.
export const chips = (label, choices, tongue, choose) => {
  const buttons = choices.map((choice) => h('button', {
    onclick: (event) => {
      if (event.currentTarget.getAttribute('aria-disabled')) return;
      for (const button of buttons) {
        button.setAttribute('aria-disabled', 'true');
        button.tabIndex = -1;
      }
      event.currentTarget.textContent = typo(TEXTS[tongue].$chosen(choice.label || choice.question), tongue);
      choose(choice.question);
    },
  }, typo(choice.label || choice.question, tongue)));
  return h('div', null, label && h('p', { class: 'label' }, typo(label, tongue)), h('ul', { class: 'chips' }, ...buttons.map((button) => h('li', null, button))));
};

const sourceLine = (source, t, tongue, home) => {
  const url = safeLink(source.url, home);
  const host = /^https?:\/\/(?:www\.)?([^/:?#]+)/.exec(source.url)?.[1];
  const title = source.title || host || '';
  return [url ? link(source.url, typo(title, tongue), tongue, home) : typo(title, tongue), host && host !== title ? ' (' + host + ')' : '', ...[day(source.published, tongue), day(source.as_of, tongue) && t.$checked(day(source.as_of, tongue))].filter(Boolean).map((date) => ', ' + date)];
};

const sources = (reply, t, home) => reply.sources.map((source) => h('p', { class: 'small' }, saying(t.$source, reply.lang), ...sourceLine(source, t, reply.lang, home)));

// Words that were read as others, and the way back.
const corrections = (reply, turn, t, chat) => {
  const readAs = reply.corrections.filter((one) => one.from && one.to);
  if (!readAs.length || turn.$asTyped) return null;
  const { from } = readAs[0];
  return h('div', { class: 'row small' }, reply.answer.includes(from) ? null : typo(t.$read(from, readAs[0].to), reply.lang),
    h('button', { class: 'plain', onclick: (event) => { event.currentTarget.hidden = true; chat.$ask(turn.$text, true); } }, typo(t.$keep(from), reply.lang)));
};

// Helpful or not, changeable; a reason only if the visitor likes.
const tools = (reply, t, chat) => {
  const tongue = reply.lang;
  const status = h('p', { class: 'small', role: 'status' });
  const rate = (helpful, reason) => chat.$rate(reply.id, helpful, reason).then(() => { status.textContent = typo(t.$thanks, tongue); }, () => { status.textContent = typo(t.$notKept, tongue); });
  const field = h('input', { maxlength: 500, type: 'text' });
  const reason = h('form', {
    class: 'reason', hidden: true,
    onsubmit: (event) => { event.preventDefault(); reason.hidden = true; rate(false, field.value.trim()); thumbs[1].focus(); },
  }, h('label', null, typo(t.$reason, tongue), field), h('button', { type: 'submit', class: 'plain' }, t.$sendReason));
  const thumbs = [true, false].map((helpful) => h('button', { 'aria-pressed': 'false',
    onclick: (event) => {
      for (const thumb of thumbs) thumb.setAttribute('aria-pressed', String(thumb === event.currentTarget));
      reason.hidden = helpful;
      rate(helpful);
    },
  }, icon('thumb', helpful ? '' : 'flip'), helpful ? t.$useful : t.$useless));
  // A page without https has no clipboard.
  const copier = navigator.clipboard && h('button', { onclick: () => navigator.clipboard.writeText(asText(reply)).then(() => { status.textContent = t.$copied; }) }, icon('copy'), t.$copy);
  return [h('div', { class: 'tools' }, ...(reply.id ? thumbs : []), copier), reason, status];
};

// As it stands in the downloaded conversation and on the clipboard.
const asText = (reply) => [shown(reply), ...reply.sources.map((source) => saying(TEXTS[reply.lang].$source, reply.lang) + source.title + ' ' + source.url)].join('\n');

// The whole conversation, to be downloaded.
export const transcript = (title, turns, tongue) => [title, location.host, new Date().toLocaleString(tongue), ...turns.flatMap((turn) => [
  '', saying(TEXTS[tongue].$you, tongue) + turn.$text, turn.$reply ? saying(TEXTS[tongue].$bot, tongue) + asText(turn.$reply) : '',
])].join('\n');

// The suggestions that a text channel needs in the answer itself are buttons here.
const shown = (reply) => (reply.status === 'unsure' || reply.status === 'unknown') && reply.suggestions.length ? reply.answer.split('\n')[0] : reply.answer;

export const timeOf = (date, tongue) => date.toLocaleTimeString(locale(tongue), { hour: '2-digit', minute: '2-digit' });

export const replyArticle = (reply, turn, chat) => {
  const t = TEXTS[reply.lang];
  const introduced = /[:?]\s*$/.test(shown(reply));   // "Did you mean one of these?"
  const lost = reply.status === 'unsure' || reply.status === 'unknown';
  return h('article', { class: 'theirs ' + (reply.status === 'safety' ? 'safety' : ''), part: 'message', lang: reply.lang },
    h('h3', { class: 'hide said' }, saying(t.$bot, reply.lang), h('time', null, timeOf(turn.$at, reply.lang))),
    h('div', { class: 'text' }, ...blocks(shown(reply), reply.lang, chat.$home, reply.status === 'safety')),
    corrections(reply, turn, t, chat),
    ...sources(reply, t, chat.$home),
    reply.suggestions.length && !turn.$restored && chips(introduced ? '' : lost ? t.$meant : t.$also, reply.suggestions.slice(0, lost ? 4 : 3), reply.lang, chat.$ask),
    reply.status === 'unknown' && h('div', { class: 'small' }, chat.$kept && h('p', null, typo(t.$passed, reply.lang)), chat.$contact(reply.lang)),
    reply.why.length && h('details', null, h('summary', null, typo(t.$why, reply.lang), icon('down')), h('ul', null, ...reply.why.map((sentence) => h('li', null, typo(sentence, reply.lang))))),
    ...tools(reply, t, chat));
};
