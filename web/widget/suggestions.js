// Questions that begin like what is being typed: a list box that belongs to the input (ARIA 1.2), led with the arrow keys.
import { h } from './dom.js';
import { isPersonal, typo } from './text.js';

const PAUSE = 150;

export class TypeAhead {
  #timer;
  #active = -1;
  #choices = [];
  #round = 0;   // goes up when the list is closed: what was asked for before comes too late

  // `look` gives suggestions for a text, `choose` takes one, `tell` says how many there are.
  constructor(field, look, choose, tell) {
    Object.assign(this, { $field: field, $look: look, $choose: choose, $tell: tell });
    this.$list = h('ul', { class: 'options', id: 'options', role: 'listbox', hidden: true, onpointerdown: (event) => event.preventDefault() });
    field.addEventListener('input', () => this.#typed());
    field.addEventListener('blur', () => this.$close());
  }

  get $open() { return !this.$list.hidden; }

  $close() {
    clearTimeout(this.#timer);
    this.#round += 1;
    this.$list.hidden = true;
    this.#mark(-1);
  }

  // True if the key was for the list.
  $key(event) {
    if (!this.$open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const places = this.#choices.length + 1;   // one of them is the input itself
      this.#mark((this.#active + 1 + step + places) % places - 1);
    } else if (event.key === 'Enter' && this.#active >= 0) {
      this.#take(this.#active);
    } else if (event.key === 'Escape') {
      this.$close();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  #typed() {
    clearTimeout(this.#timer);
    const typed = this.$field.value.trim();
    if (typed.length < 3 || typed.length > 80 || isPersonal(typed)) return this.$close();
    this.#timer = setTimeout(async () => {
      const round = this.#round;
      const found = await this.$look(typed).catch(() => []);
      if (round === this.#round && typed === this.$field.value.trim()) this.#show(found);
    }, PAUSE);
  }

  #show(choices) {
    const before = this.$open;
    this.#choices = choices;
    this.$list.replaceChildren(...choices.map((choice, i) => h('li', { id: 'option' + i, role: 'option', 'aria-selected': 'false', onclick: () => this.#take(i) }, typo(choice.label || choice.question, this.$field.closest('[lang]').lang))));
    this.$list.hidden = !choices.length;
    this.#mark(-1);
    if (choices.length && !before) this.$tell(choices.length);
  }

  #mark(active) {
    this.#active = active;
    [...this.$list.children].forEach((option, i) => {
      option.setAttribute('aria-selected', String(i === active));
      if (i === active) option.scrollIntoView({ block: 'nearest' });
    });
    if (active < 0) this.$field.removeAttribute('aria-activedescendant');
    else this.$field.setAttribute('aria-activedescendant', 'option' + active);
  }

  #take(i) {
    const { question } = this.#choices[i];
    this.$close();
    this.$choose(question);
  }
}
