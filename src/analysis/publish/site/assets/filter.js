// Filters and sorts the list of indicators. What is chosen stands in the address of the page, so
// that it can be sent on and the browser's back button undoes it. The list is whole without this.
(() => {
  "use strict";
  const form = document.getElementById("filter");
  const list = document.getElementById("list");
  if (!form || !list) return;

  const fields = ["q", "group", "agency", "year", "verdict"].map((name) => form.elements[name]);
  const body = list.tBodies[0];
  const rows = [...body.rows]; // in the order of the plan
  const years = form.dataset.years.split(" ");
  const headings = [...list.tHead.rows[0].cells].filter((cell) => cell.dataset.sort);
  const count = document.getElementById("filter-count");
  const clear = document.getElementById("filter-reset");
  let sort = ""; // the column, with a minus before it where the order is turned round
  let typing = false;

  // Words without marks and capitals, as the rows have them in their data.
  const folded = (text) => {
    const bare = text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
    return bare.replace(/[^\p{L}\p{N}_.]+/gu, " ").trim();
  };

  const chosen = () => Object.fromEntries(fields.map((field) => [field.name, field.value.trim()]));

  const codes = () => {
    const option = form.elements.verdict.selectedOptions[0];
    return option && option.dataset.codes ? option.dataset.codes.split(" ") : [];
  };

  const fits = (row, wanted, terms, verdicts) => {
    const data = row.dataset;
    if (wanted.group && data.group !== wanted.group) return false;
    if (wanted.agency && !data.agencies.split(" ").includes(wanted.agency)) return false;
    const found = (wanted.year ? [wanted.year] : years).map((year) => data[`v${year}`]);
    if (verdicts.length && !found.some((code) => verdicts.includes(code))) return false;
    if (wanted.year && !verdicts.length && found[0] === "NO_TARGET") return false;
    return terms.every((term) => ` ${data.text}`.includes(` ${term}`)); // a word begins with it
  };

  const filter = () => {
    const wanted = chosen();
    const terms = folded(wanted.q).split(" ").filter(Boolean);
    const verdicts = codes();
    const shown = rows.filter((row) => {
      row.hidden = !fits(row, wanted, terms, verdicts);
      return !row.hidden;
    });
    for (const cell of list.querySelectorAll("[data-year]")) {
      cell.hidden = Boolean(wanted.year) && cell.dataset.year !== wanted.year;
    }
    const indicators = new Set(shown.map((row) => row.dataset.indicator)).size;
    const numbers = { n: shown.length, all: rows.length, indicators };
    clear.hidden = Object.values(wanted).every((value) => !value);
    list.parentElement.hidden = shown.length === 0;
    const text = form.dataset.count.replace(/\{(\w+)\}/g, (_, name) => numbers[name]);
    count.textContent = shown.length ? text : form.dataset.nothing;
  };

  const key = (row, place) => {
    const text = row.cells[place].dataset.value;
    return text === "" ? null : Number(text);
  };

  const order = () => {
    const turned = sort.startsWith("-");
    const heading = headings.find((cell) => cell.dataset.sort === sort.replace(/^-/, ""));
    for (const cell of headings) cell.removeAttribute("aria-sort");
    const sorted = [...rows];
    if (heading) {
      const place = heading.cellIndex;
      heading.setAttribute("aria-sort", turned ? "descending" : "ascending");
      sorted.sort((one, other) => {
        const [a, b] = [key(one, place), key(other, place)];
        if (a === null || b === null) return (a === null) - (b === null); // what is missing, last
        return turned ? b - a : a - b;
      });
    }
    body.append(...sorted);
  };

  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const field of fields) {
      field.value = query.get(field.name) ?? "";
      if (field.selectedIndex === -1) field.value = ""; // the address names what there is not
    }
    sort = query.get("sort") ?? "";
    if (!headings.some((cell) => cell.dataset.sort === sort.replace(/^-/, ""))) sort = "";
  };

  const address = () => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...chosen(), sort })) {
      if (value) query.set(name, value);
    }
    const text = query.toString();
    return `${location.pathname}${text ? `?${text}` : ""}${location.hash}`;
  };

  const remember = (replace = false) => {
    try {
      history[replace ? "replaceState" : "pushState"](null, "", address());
    } catch {
      // a page opened from a file may not change its address
    }
  };

  const show = () => {
    filter();
    order();
  };

  form.addEventListener("input", (event) => {
    if (event.target.name !== "q") return;
    remember(typing); // one step back for all that was typed
    typing = true;
    filter();
  });
  form.addEventListener("change", (event) => {
    typing = false;
    if (event.target.name === "q") return;
    remember();
    filter();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    setTimeout(() => {
      typing = false;
      remember();
      filter();
      form.elements.q.focus(); // the button that was pressed is gone
    });
  });
  window.addEventListener("popstate", () => {
    typing = false;
    read();
    show();
  });

  for (const cell of headings) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...cell.childNodes);
    button.addEventListener("click", () => {
      sort = sort === cell.dataset.sort ? `-${sort}` : cell.dataset.sort;
      remember();
      order();
    });
    cell.append(button);
  }
  form.hidden = false;
  read();
  show();
})();
