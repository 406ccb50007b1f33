// <immunobot-chat>: the assistant on a web page.
customElements.get('immunobot-chat') || customElements.define('immunobot-chat', class extends HTMLElement {});
