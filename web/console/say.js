// What the scripts say, in the language of the page.
export const french = document.documentElement.lang === "fr";
export const say = (fr, en) => french ? fr : en;

const toast = document.createElement("p");
toast.className = "toast";
toast.setAttribute("role", "status");
document.body.append(toast);

export function tell(text) {
  toast.textContent = text;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { toast.textContent = ""; }, 4000);
}
