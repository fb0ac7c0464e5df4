"use strict";

const EVERY = 1000; // milliseconds
const here = location.pathname.replace(/\/$/, "");
const say = (words) => { document.getElementById("said").textContent = words; };

function show(counts) {
  const [least, middle, most] = counts.updates;
  document.getElementById("now").textContent = counts.viewers
    ? `Viewers: ${counts.viewers}, training: ${counts.running}. ` +
      `Updates: least ${least}, middle ${middle}, most ${most}.`
    : "Nobody is here yet.";
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
    if (document.getElementById("said").textContent.startsWith("The server")) say("");
  } catch {
    say("The server does not answer.");
  }
  setTimeout(look, EVERY);
}

document.querySelectorAll("button").forEach((button) => {
  button.addEventListener("click", async () => {
    const { what, value = "" } = button.dataset;
    const answer = await fetch(`${here}/do`, {
      method: "POST", body: new URLSearchParams({ what, value }),
    }).catch(() => ({ ok: false }));
    say(answer.ok ? `Sent to all: ${button.textContent}.` : "The server does not answer.");
  });
});

look();
