// What was just done is taken back with the button or a key: for ten seconds, or as long as somebody is at the button.
export const undo = document.querySelector("form.undo-now");
function hideUndo() {
  if (undo.matches(":hover, :focus-within")) setTimeout(hideUndo, 2000);
  else undo.hidden = true;
}
if (undo) setTimeout(hideUndo, 10000);
