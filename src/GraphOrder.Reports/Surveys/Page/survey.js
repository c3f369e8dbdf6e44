// Shows the hosts of the table that a person asks for; without it all are shown.
const rows = [...document.querySelectorAll("#hosts tbody tr")];
const words = document.getElementById("words");
const verdict = document.getElementById("verdict");
const shown = document.getElementById("shown");
const texts = rows.map(row => row.textContent.toLowerCase());

function show() {
  const asked = words.value.toLowerCase().trim();
  let count = 0;
  rows.forEach((row, index) => {
    const isAsked = texts[index].includes(asked) && (verdict.value === "" || row.dataset.verdict === verdict.value);
    row.hidden = !isAsked;
    count += isAsked ? 1 : 0;
  });
  shown.textContent = count === rows.length ? "" : `${count} of ${rows.length} hosts`;
}

words.addEventListener("input", show);
verdict.addEventListener("input", show);
document.getElementById("filter").hidden = false;
show();
