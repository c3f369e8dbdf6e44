
// ---- search: a field that finds objects and sessions by their names --------------------------------------------

const foundShown = 20;

/** A field with a list of what it finds; arrows choose, Enter takes, Escape closes. */
function finder(page, label, id, take, value = "") {
  const { recording } = page;
  const list = element("ul", { role: "listbox", id: `${id}-list`, "aria-label": `${label}: found`, hidden: true });
  const input = element("input", {
    type: "text", id, value, autocomplete: "off", spellcheck: "false", role: "combobox",
    "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list",
    oninput: () => open(recording.search(input.value, foundShown)),
    onkeydown: event => onKey(event),
    onblur: () => setTimeout(close, 150),
  });
  let found = [];
  let chosen = -1;

  function open(codes) {
    found = codes;
    chosen = codes.length ? 0 : -1;
    list.replaceChildren(...codes.map((code, index) => element("li", {
      role: "option", id: `${id}-${index}`, onpointerdown: event => { event.preventDefault(); choose(code); },
    }, recording.nameOf(code), element("small", {}, ` ${recording.kindOf(code)}`))));
    list.hidden = !input.value.trim();
    if (!codes.length && !list.hidden) {
      list.append(element("li", { role: "option", "aria-disabled": "true" }, "Nothing has a name like this."));
    }

    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  }

  function mark() {
    [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === chosen)));
    chosen >= 0 ? input.setAttribute("aria-activedescendant", `${id}-${chosen}`) : input.removeAttribute("aria-activedescendant");
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(code) {
    input.value = recording.nameOf(code);
    close();
    take(code);
  }

  function onKey(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && found.length) {
      event.preventDefault();
      chosen = (chosen + move + found.length) % found.length;
      list.hidden = false;
      mark();
    } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      event.preventDefault();
      choose(found[chosen]);
    } else if (event.key === "Escape") {
      close();
    }
  }

  return element("div", { class: "finder" }, element("label", { for: id }, label), input, list);
}
