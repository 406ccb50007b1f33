// Questions that begin like what is being typed: a list box that belongs to the input (ARIA 1.2), led with the arrow keys.
import { h } from './dom.js';
import { typo } from './text.js';

const PAUSE = 150;
const PRIVATE = /(\d\W*){6}|@/;   // what may become an address or a number of somebody is not sent while it is typed

// `look` gives suggestions for a text, `choose` takes one, `tell` says how many there are.
export const typeAhead = (field, look, choose, tell) => {
  let timer;
  let active = -1;
  let choices = [];
  let round = 0;   // goes up when the list is closed or led: what was asked for before comes too late
  const box = h('ul', { class: 'options', id: 'options', role: 'listbox', hidden: true, onpointerdown: (event) => event.preventDefault() });

  const mark = (chosen) => {
    active = chosen;
    [...box.children].forEach((option, i) => {
      option.setAttribute('aria-selected', i === active);
      if (i === active) option.scrollIntoView({ block: 'nearest' });
    });
    if (active < 0) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', 'option' + active);
  };
  const close = () => {
    clearTimeout(timer);
    round += 1;
    box.hidden = true;
    mark(-1);
  };
  const take = (i) => {
    const { question } = choices[i];
    close();
    choose(question);
  };

  const show = (found) => {
    const before = !box.hidden;
    choices = found;
    box.replaceChildren(...choices.map((one, i) => h('li', { id: 'option' + i, role: 'option', 'aria-selected': 'false', onclick: () => take(i) }, typo(one.label || one.question, field.closest('[lang]').lang))));
    box.hidden = !choices.length;
    // As many as there is room for, so that nothing has to be scrolled to: with very large text fewer.
    while (box.scrollHeight > box.clientHeight && choices.length > 1) {
      box.lastChild.remove();
      choices.pop();
    }
    mark(-1);
    if (choices.length && !before) tell(choices.length);
  };
  const typed = () => {
    clearTimeout(timer);
    const text = field.value.trim();
    if (text.length < 3 || text.length > 80 || PRIVATE.test(text)) return close();
    const mine = round;
    timer = setTimeout(async () => {
      const found = await look(text).catch(() => []);
      if (mine === round && text === field.value.trim()) show(found);
    }, PAUSE);
  };
  field.addEventListener('input', typed);
  field.addEventListener('blur', close);

  return {
    $list: box,
    $close: close,

    // True if the key was for the list.
    $key(event) {
      if (box.hidden) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        round += 1;
        const places = choices.length + 1;   // one of them is the input itself
        mark((active + 1 + step + places) % places - 1);
      } else if (event.key === 'Enter' && active >= 0) {
        take(active);
      } else if (event.key === 'Escape') {
        close();
      } else {
        return false;
      }
      event.preventDefault();
      return true;
    },
  };
};
