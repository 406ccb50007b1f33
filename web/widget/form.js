// Where the visitor types: the input with its suggestions, the counter, and what is wrong with what was typed.
import { h, icon, plain } from './dom.js';
import { list } from './service.js';
import { typeAhead } from './suggestions.js';
import { isPersonal, locale } from './text.js';

const PART_OF_LIMIT = 0.8;

// `tell` says something to screen readers; `below` stands under the input.
export const questionForm = (chat, tell, below) => {
  const note = h('div', { class: 'note', role: 'alert' });
  const count = h('p', { class: 'count', id: 'count' });
  const focus = () => field.focus({ preventScroll: true });
  const notice = (text, ...actions) => note.replaceChildren(h('p', null, text), actions.length ? h('div', { class: 'row' }, ...actions) : '');

  const typed = () => {
    const { length } = field.value;
    const near = length >= chat.$welcome.longest * PART_OF_LIMIT;
    note.replaceChildren();
    count.textContent = near ? [length, chat.$welcome.longest].map((n) => n.toLocaleString(locale(chat.$lang))).join(' / ') : '';
  };
  const fill = (text) => {
    field.value = text;
    typed();
  };

  // What is refused stays in the input.
  const ask = (text) => chat.$talk.$ask(text) && fill('');
  const warn = () => {
    notice(chat.$t.$personal, plain(chat.$t.$edit, () => { note.replaceChildren(); focus(); }), plain(chat.$t.$anyway, () => submit(true)));
  };
  const submit = (sure) => {
    const text = field.value.trim();
    ahead.$close();
    if (!text) return notice(chat.$t.$empty);
    if (!sure && isPersonal(text)) return warn();
    ask(text);
    focus();
  };
  const key = (event) => {
    if (event.isComposing || event.keyCode === 229 || ahead.$key(event) || event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    submit();
  };

  const field = h('textarea', { id: 'question', part: 'input', rows: 1, enterkeyhint: 'send', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-controls': 'options', 'aria-describedby': 'count', onkeydown: key, oninput: typed });
  chat.$say(field, (t) => t.$hint, 'placeholder');
  chat.$follow(() => { field.maxLength = chat.$welcome.longest; });
  const ahead = typeAhead(field,
    (text) => chat.$call('suggest', { q: text, lang: chat.$lang }).then((found) => list(found.suggestions, ['label', 'question']).slice(0, 5)),
    ask,
    (n) => tell(chat.$t.$options(n)));
  chat.$say(ahead.$list, (t) => t.$question, 'aria-label');

  return {
    $node: h('form', { class: 'foot', onsubmit: (event) => { event.preventDefault(); submit(); } },
      note, ahead.$list, chat.$say(h('label', { for: 'question', class: 'hide' }), (t) => t.$question),
      h('div', { class: 'entry' }, field, chat.$say(h('button', { type: 'submit', class: 'send', part: 'button' }, icon('send')), (t) => t.$send, 'aria-label')), count, below),
    $focus: focus,
    $fill: fill,
    $notice: notice,
    $close: ahead.$close,   // the suggestions
  };
};
