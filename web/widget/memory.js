// The id of the conversation: all that the browser keeps, and only once something was asked.
import { randomId } from './dom.js';

const KEY = 'immunobot';
const A_DAY = 86400000;

// `mode`: tab, day or none.
export const memory = (mode) => {
  let mine = '';

  // Nothing, where nothing is to be stored or the browser forbids it.
  const attempt = (action) => {
    try {
      return action({ tab: sessionStorage, day: localStorage }[mode]);
    } catch {
      return undefined;
    }
  };

  return {
    get $id() {
      const [id, since] = (attempt((store) => store.getItem(KEY)) || '').split('.');
      const valid = /^[0-9a-f]{32}$/.test(id) && (mode === 'tab' || Date.now() - since < A_DAY);
      return valid ? id : mine;
    },

    // The id, a new one if there is none.
    $begin() {
      mine = this.$id || randomId();
      attempt((store) => store.setItem(KEY, mode === 'day' ? mine + '.' + Date.now() : mine));
      return mine;
    },

    $forget() {
      mine = '';
      attempt((store) => store.removeItem(KEY));
    },
  };
};
