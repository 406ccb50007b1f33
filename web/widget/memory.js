// The id of the conversation: all that the browser keeps, and only once something was asked.
import { randomId } from './dom.js';

const KEY = 'immunobot';
const A_DAY = 86400000;

export class Memory {
  #mode;
  #id = '';
  constructor(mode) { this.#mode = mode; }

  // Nothing, where the browser forbids storage.
  get #store() {
    try {
      return { tab: sessionStorage, day: localStorage }[this.#mode];
    } catch {
      return undefined;
    }
  }

  get $id() {
    const [id, since] = (this.#attempt((store) => store.getItem(KEY)) || '').split('.');
    const valid = /^[0-9a-f]{32}$/.test(id) && (this.#mode === 'tab' || Date.now() - since < A_DAY);
    return this.#id || (valid ? id : '');
  }

  // The id, a new one if there is none.
  $begin() {
    this.#id = this.$id || randomId();
    this.#attempt((store) => store.setItem(KEY, this.#mode === 'day' ? this.#id + '.' + Date.now() : this.#id));
    return this.#id;
  }

  $forget() {
    this.#id = '';
    this.#attempt((store) => store.removeItem(KEY));
  }

  // What another tab has made of it meanwhile.
  $look() { if (this.#store) this.#id = ''; }

  #attempt(action) {
    try {
      return this.#store && action(this.#store);
    } catch {
      return undefined;
    }
  }
}
