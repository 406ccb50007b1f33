// One answer: what was said, where it comes from, what to do next.
import { h, icon, plain } from './dom.js';
import { TEXTS } from './strings.js';
import { blocks, day, link, locale, saying, typo } from './text.js';

// A group of questions to choose from; once one is chosen, all stay readable and do nothing more. `choose` returns nothing if the
// question was refused, because another waits for its answer.
export const chips = (label, choices, tongue, choose) => {
  const buttons = choices.map((choice) => h('button', {
    onclick: ({ currentTarget }) => {
      if (currentTarget.getAttribute('aria-disabled') || !choose(choice.question)) return;
      for (const button of buttons) {
        button.setAttribute('aria-disabled', 'true');
        button.tabIndex = -1;
      }
      currentTarget.textContent = TEXTS[tongue].$chosen(currentTarget.textContent);
    },
  }, typo(choice.label || choice.question, tongue)));
  return h('div', null, label && h('p', { class: 'label' }, label), h('ul', { class: 'chips' }, ...buttons.map((button) => h('li', null, button))));
};

const sourceLine = (source, t, tongue, home) => {
  const host = /^https?:\/\/(?:www\.)?([^/:?#]+)/.exec(source.url)?.[1];
  const title = source.title || host || '';
  return [link(source.url, typo(title, tongue), tongue, home), host && host !== title ? ' (' + host + ')' : '', ...[day(source.published, tongue), day(source.as_of, tongue) && t.$checked(day(source.as_of, tongue))].filter(Boolean).map((date) => ', ' + date)];
};

const sources = (reply, t, home) => reply.sources.map((source) => h('p', { class: 'small' }, saying(t.$source, reply.lang), ...sourceLine(source, t, reply.lang, home)));

// Words that were read as others, and the way back.
const corrections = (reply, turn, t, chat) => {
  const { from, to } = reply.corrections.find((one) => one.from && one.to) || {};
  if (!from || turn.$asTyped) return null;
  return h('div', { class: 'row small' }, reply.answer.includes(from) ? null : t.$read(from, to),
    plain(t.$keep(from), ({ currentTarget }) => {
      if (!chat.$talk.$ask(turn.$text, true)) return;
      currentTarget.hidden = true;
      chat.$panel.$form.$focus();
    }));
};

// Helpful or not, changeable; a reason only if the visitor likes.
const tools = (reply, t, chat) => {
  const tongue = reply.lang;
  const status = h('p', { class: 'small', role: 'status' });
  const rate = (helpful, reason) => chat.$call('feedback', { reply: reply.id, helpful, reason: reason || null }).then(() => { status.textContent = t.$thanks; }, () => { status.textContent = t.$notKept; });
  const field = h('input', { maxlength: 500, type: 'text' });
  const reason = h('form', {
    class: 'reason', hidden: true,
    onsubmit: (event) => { event.preventDefault(); reason.hidden = true; rate(false, field.value.trim()); thumbs[1].focus(); },
  }, h('label', null, t.$reason, field), h('button', { type: 'submit', class: 'plain' }, t.$sendReason));
  const thumbs = [true, false].map((helpful) => h('button', { 'aria-pressed': 'false',
    onclick: (event) => {
      for (const thumb of thumbs) thumb.setAttribute('aria-pressed', thumb === event.currentTarget);
      reason.hidden = helpful;
      rate(helpful);
    },
  }, icon('thumb', helpful ? '' : 'flip'), helpful ? t.$useful : t.$useless));
  // A page without https has no clipboard.
  const copier = navigator.clipboard && h('button', { onclick: () => navigator.clipboard.writeText(asText(reply)).then(() => { status.textContent = t.$copied; }, () => { status.textContent = t.$notCopied; }) }, icon('copy'), t.$copy);
  return [h('div', { class: 'tools' }, ...(reply.id ? thumbs : []), copier), reason, status];
};

// As it stands in the downloaded conversation and on the clipboard.
const asText = (reply) => [shown(reply), ...reply.sources.map((source) => saying(TEXTS[reply.lang].$source, reply.lang) + source.title + ' ' + source.url)].join('\n');

// The whole conversation, to be downloaded.
export const transcript = (title, turns, tongue) => [title, location.host, new Date().toLocaleString(tongue), ...turns.flatMap((turn) => [
  '', saying(TEXTS[tongue].$you, tongue) + turn.$text, turn.$reply ? saying(TEXTS[tongue].$bot, tongue) + asText(turn.$reply) : '',
])].join('\n');

// The suggestions that a text channel needs in the answer itself are buttons here.
const isLost = (reply) => ['unsure', 'unknown'].includes(reply.status);
const isListed = (reply) => isLost(reply) && reply.suggestions.length;
const shown = (reply) => isListed(reply) ? reply.answer.split('\n')[0] : reply.answer;

// What somebody said; the speaker and the time are for screen readers and for print.
export const message = (look, who, tongue, at, ...inside) => h('article', { class: look, part: 'message', lang: tongue },
  h('h3', { class: 'hide said' }, saying(who, tongue), at && h('time', null, at.toLocaleTimeString(locale(tongue), { timeStyle: 'short' }))), ...inside);

export const replyArticle = (reply, turn, chat) => {
  const t = TEXTS[reply.lang];
  const introduced = /[:?]\s*$/.test(shown(reply));   // "Did you mean one of these?"
  const lost = isLost(reply);
  return message('theirs ' + (reply.status === 'safety' ? reply.status : ''), t.$bot, reply.lang, turn.$at,
    h('div', { class: 'text' }, ...blocks(isListed(reply) ? reply.blocks.slice(0, 1) : reply.blocks, reply.lang, chat.$home)),
    corrections(reply, turn, t, chat),
    ...sources(reply, t, chat.$home),
    reply.suggestions.length && !turn.$restored && chips(introduced ? '' : lost ? t.$meant : t.$also, reply.suggestions.slice(0, lost ? 4 : 3), reply.lang, (text) => chat.$talk.$ask(text)),
    reply.status === 'unknown' && h('div', { class: 'small' }, chat.$welcome.keep_days > 0 && h('p', null, t.$passed), chat.$contact(reply.lang)),
    reply.why.length && h('details', null, h('summary', null, t.$why, icon('down')), h('ul', null, ...reply.why.map((sentence) => h('li', null, typo(sentence, reply.lang))))),
    ...tools(reply, t, chat));
};
