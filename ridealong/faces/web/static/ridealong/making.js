// Making parts of a page from words: they are set as text, never as markup.

/** Make an element; `content`: words and elements, `more`: its properties. */
export const make = (name, content, more = {}) => {
  const made = Object.assign(document.createElement(name), more);
  made.append(...[content].flat().filter((part) => part !== ""));
  return made;
};
