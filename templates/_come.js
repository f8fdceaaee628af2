// The day and the number of guests go into the message, which leaves them open.
(() => {
  const of = id => document.getElementById(id), come = of("come"), message = of("message"), send = of("send"), copy = of("copy");
  const [day, guests] = come.querySelectorAll("input"), [hello, on, people] = message.textContent.split("…");
  day.min = new Date(Date.now() + 7 * 36e5).toISOString().slice(0, 10); // the day in Vietnam
  day.closest("[hidden]").hidden = false;
  come.oninput = () => {
    message.textContent = hello + (day.value.split("-").reverse().join("/") || "…") + on + (guests.value || "…") + people;
    send.href = send.href.split("=")[0] + "=" + encodeURIComponent(message.textContent);
  };
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.onclick = () => navigator.clipboard.writeText(message.textContent).then(() => { copy.textContent = copy.dataset.done; });
  }
})();
