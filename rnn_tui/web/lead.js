"use strict";

const EVERY = 1000; // milliseconds
const here = location.pathname.replace(/\/$/, "");
const words = JSON.parse(document.body.dataset.words);
const filled = (template, values) =>
  template.replace(/\{(\w+)\}/g, (field, name) => String(values[name] ?? field));
const say = (sentence) => { document.getElementById("said").textContent = sentence; };

function show(counts) {
  const [least, middle, most] = counts.updates;
  document.getElementById("now").textContent = counts.viewers
    ? filled(words.now, { ...counts, least, middle, most })
    : words.nobody;
  document.querySelectorAll("tbody tr").forEach((row, place) => {
    const { here, right, wrong, choices } = counts.steps[place];
    const told = Object.entries(choices).map(([letter, count]) => `${letter} ${count}`);
    const cells = [...row.children].slice(2);
    [here, right, wrong, told.join(" · ")].forEach((value, at) => {
      cells[at].textContent = value;
    });
  });
}

async function look() {
  try {
    const answer = await fetch(`${here}/now`);
    if (!answer.ok) throw new Error(answer.statusText);
    show(await answer.json());
    if (document.getElementById("said").textContent === words.silent) say("");
  } catch {
    say(words.silent);
  }
  setTimeout(look, EVERY);
}

document.querySelectorAll("button").forEach((button) => {
  button.addEventListener("click", async () => {
    const { what, value = "" } = button.dataset;
    const answer = await fetch(`${here}/do`, {
      method: "POST", body: new URLSearchParams({ what, value }),
    }).catch(() => ({ ok: false }));
    say(answer.ok ? filled(words.sent, { button: button.textContent }) : words.silent);
  });
});

look();
