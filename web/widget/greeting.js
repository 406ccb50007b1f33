// The first view: that it is a robot, what it knows, and questions to begin with.
import { h } from './dom.js';
import { chips, message } from './reply.js';
import { paragraphs } from './service.js';
import { blocks } from './text.js';

// Those of the site, or else of the staff.
const starters = (chat) => {
  const own = chat.$attribute('suggestions');
  if (own === 'none') return [];
  return own ? own.split('|').map((text) => text.trim()).filter(Boolean).slice(0, 5).map((question) => ({ question })) : chat.$welcome.suggestions || [];
};

export const greeting = (chat) => {
  const { $t, $lang } = chat;
  const own = chat.$attribute('greeting');
  const choices = starters(chat);
  return message('theirs greeting', $t.$bot, $lang, null,
    h('div', { class: 'text' }, ...blocks(paragraphs(own ? own + '\n' + $t.$robot : $t.$hello(chat.$welcome.name)), $lang, chat.$home)),
    choices.length && chips($t.$start, choices, $lang, (text) => chat.$talk.$ask(text)));
};
