// One answer: what was said, where it comes from, what to do next.
// `chat` gives home (the server's origin), ask, rate, kept (whether questions are), contact(lang) (a link or a button).

// A group of questions to choose from; once one is chosen, all stay readable and do nothing more.
const chips = (label, choices, lang, choose) => {
  const buttons = choices.map((choice) => h('button', {
    type: 'button',
    onclick: (event) => {
      if (event.currentTarget.getAttribute('aria-disabled')) return;
      for (const button of buttons) {
        button.setAttribute('aria-disabled', 'true');
        button.tabIndex = -1;
      }
      event.currentTarget.textContent = typo(TEXTS[lang].chosen(choice.label || choice.question), lang);
      choose(choice.question);
    },
  }, typo(choice.label || choice.question, lang)));
  return h('div', { class: 'choices' }, h('p', { class: 'label' }, typo(label, lang)), h('ul', { class: 'chips' }, ...buttons.map((button) => h('li', null, button))));
};

const sourceLine = (source, t, lang, home) => {
  const url = safeLink(source.url, home);
  const host = /^https?:\/\/(?:www\.)?([^/:?#]+)/.exec(source.url)?.[1];
  const dates = [];
  if (day(source.published, lang)) dates.push((source.published.length > 7 ? t.publishedOn : t.published)(day(source.published, lang)));
  if (day(source.as_of, lang)) dates.push(t.checked(day(source.as_of, lang)));
  const title = source.title || host || '';
  return [url ? link(source.url, typo(title, lang), lang, home) : typo(title, lang), host && host !== title ? ` (${host})` : '', dates.length ? `, ${dates.join(', ')}` : ''];
};

const sources = (reply, t, home) => {
  if (!reply.sources.length) return null;
  const one = reply.sources.length === 1;
  return h('div', { class: 'small sources' }, typo(`${one ? t.source : t.sources} : `.replace(' :', reply.lang === 'fr' ? ' :' : ':'), reply.lang),
    one ? h('span', null, ...sourceLine(reply.sources[0], t, reply.lang, home))
      : h('ul', null, ...reply.sources.map((source) => h('li', null, ...sourceLine(source, t, reply.lang, home)))));
};

// Words that were read as others, and the way back.
const corrections = (reply, turn, t, chat) => {
  const readAs = reply.corrections.filter((one) => one.from && one.to);
  if (!readAs.length || turn.asTyped) return null;
  const { from } = readAs[0];
  return h('div', { class: 'row small fixes' }, reply.answer.includes(from) ? null : typo(t.read(from, readAs[0].to), reply.lang),
    h('button', { type: 'button', class: 'plain', onclick: (event) => { event.currentTarget.hidden = true; chat.ask(turn.text, { asTyped: true }); } }, typo(t.keep(from), reply.lang)));
};

// Copies without the clipboard where the page has none (no https).
const copy = async (text, root) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = h('textarea', { class: 'hide' });
    field.value = text;
    root.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
};

const flash = (place, text) => {
  const before = place.textContent;
  place.textContent = text;
  setTimeout(() => { place.textContent = before; }, 2000);
};

// Helpful or not, changeable; a reason only if the visitor likes.
const tools = (reply, t, chat) => {
  const lang = reply.lang;
  const status = h('p', { class: 'small', role: 'status' });
  const rate = (helpful, reason) => chat.rate(reply.id, helpful, reason).then(() => { status.textContent = typo(t.thanks, lang); }, () => { status.textContent = typo(t.notKept, lang); });
  const field = h('input', { maxlength: 500, type: 'text' });
  const reason = h('form', {
    class: 'reason', hidden: true,
    onsubmit: (event) => { event.preventDefault(); reason.hidden = true; rate(false, field.value.trim()); thumbs[1].focus(); },
  }, h('label', null, typo(t.reason, lang), field), h('button', { class: 'plain' }, t.sendReason));
  const thumbs = [true, false].map((helpful) => h('button', {
    type: 'button', 'aria-pressed': 'false',
    onclick: (event) => {
      for (const thumb of thumbs) thumb.setAttribute('aria-pressed', String(thumb === event.currentTarget));
      reason.hidden = helpful;
      rate(helpful);
    },
  }, icon('thumb', helpful ? '' : 'flip'), helpful ? t.useful : t.useless));
  const word = h('span', null, t.copy);
  const copier = h('button', { type: 'button', onclick: () => copy(asText(reply), copier.parentNode).then(() => flash(word, t.copied)) }, icon('copy'), word);
  return [h('div', { class: 'tools' }, ...(reply.id ? thumbs : []), copier), reason, status];
};

// As it stands in the downloaded conversation and on the clipboard.
const asText = (reply) => [shown(reply), ...reply.sources.map((source) => `${TEXTS[reply.lang].source}${reply.lang === 'fr' ? ' ' : ''}: ${source.title} ${source.url}`.trim())].join('\n');

// The suggestions that a text channel needs in the answer itself are buttons here.
const shown = (reply) => (reply.status === 'unsure' || reply.status === 'unknown') && reply.suggestions.length ? reply.answer.split('\n')[0] : reply.answer;

const timeOf = (date, lang) => date.toLocaleTimeString(lang === 'fr' ? 'fr-FR' : 'en-GB', { hour: '2-digit', minute: '2-digit' });

const replyArticle = (reply, turn, chat) => {
  const t = TEXTS[reply.lang];
  const lost = reply.status === 'unsure' || reply.status === 'unknown';
  return h('article', { class: `theirs ${reply.status === 'safety' ? 'safety' : ''}`, part: 'message', lang: reply.lang },
    h('h3', { class: 'hide said' }, `${t.bot}${reply.lang === 'fr' ? '\u00a0' : ''}: `, h('time', null, timeOf(turn.at, reply.lang))),
    h('div', { class: 'text' }, ...blocks(shown(reply), reply.lang, chat.home, reply.status === 'safety')),
    corrections(reply, turn, t, chat),
    sources(reply, t, chat.home),
    reply.suggestions.length && !turn.restored ? chips(lost ? t.meant : t.also, reply.suggestions.slice(0, lost ? 4 : 3), reply.lang, chat.ask) : null,
    reply.status === 'unknown' ? h('p', { class: 'small' }, chat.kept ? `${typo(t.passed, reply.lang)} ` : '', chat.contact(reply.lang)) : null,
    reply.why.length ? h('details', null, h('summary', null, typo(t.why, reply.lang), icon('down')), h('ul', null, ...reply.why.map((sentence) => h('li', null, typo(sentence, reply.lang))))) : null,
    ...tools(reply, t, chat));
};
