// The head of the panel: whose assistant it is, the language, and what else can be done with the conversation.
import { h, icon } from './dom.js';
import { printAlone } from './page.js';
import { transcript } from './reply.js';

// `closable`: there is a button that closes the panel. `greet`: the language has changed.
export const panelHead = (chat, closable, greet) => {
  const button = (words, action, ...inside) => chat.$say(h('button', { onclick: action }, ...inside), words, inside.length && 'aria-label');
  const show = (wanted) => {
    menu.hidden = !wanted;
    more.setAttribute('aria-expanded', wanted);
  };

  // Its buttons go with it: the focus must not.
  const hide = () => {
    show(false);
    more.focus();
  };

  const save = () => {
    hide();
    const url = URL.createObjectURL(new Blob(['\ufeff', transcript(title.textContent, chat.$talk.$turns, chat.$lang)]));
    h('a', { href: url, download: 'conversation.txt' }).click();
    chat.$later(() => URL.revokeObjectURL(url), 10000);
  };
  const print = () => {
    hide();
    printAlone(chat.$host);
  };

  const title = chat.$say(h('h2', { id: 'title', tabindex: -1 }), (t) => chat.$attribute('title') || t.$title);
  const otherLanguage = () => chat.$lang === 'fr' ? 'en' : 'fr';
  const other = button((t) => t.$other, () => {
    chat.$chosen = otherLanguage();
    chat.$speak();
    greet();
  });
  const more = button((t) => t.$menu, () => show(menu.hidden), icon('more', 'bold'));
  more.setAttribute('aria-controls', 'menu');
  const menu = h('div', { class: 'menu', id: 'menu' }, button((t) => t.$save, save), button((t) => t.$print, print), button((t) => t.$forget, () => chat.$talk.$forget()));
  show(false);

  return {
    $title: title,
    $menu: menu,
    $show: show,
    $hide: hide,
    $node: h('div', { class: 'head', part: 'header' },
      h('div', { class: 'name' }, title, chat.$say(h('p', { class: 'house' }), () => chat.$welcome.name || '')),
      chat.$say(other, otherLanguage, 'lang'), more, closable && button((t) => t.$close, () => chat.$close(), icon('close'))),
  };
};
