// Markdown as nodes: what the agent says never becomes HTML text, so that nothing in it can run.

const FENCE = /^\s{0,3}(`{3,}|~{3,})\s*([\w+-]*)\s*$/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const INLINE =
  /(`+)([^`](?:[^]*?[^`])?)\1(?!`)|\*\*(?=\S)([^]+?)\*\*|__(?=\S)([^]+?)__|\*(?=[^\s*])([^*\n]+?)\*|(?<![\w])_(?=\S)([^_\n]+?)_(?!\w)|~~(?=\S)([^]+?)~~|\[([^\]\n]*)\]\(\s*<?([^\s<>()]+)>?(?:\s+"[^"]*")?\s*\)|(https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?])/;

/** @param {string} tag @param {...(string|!Node)} children @return {!Element} */
export function element(tag, ...children) {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
}

/** The blocks of a text as they were written; only the last one changes while text is appended.
 * @param {string} text @return {!Array<string>} */
export function blocks(text) {
  const found = [];
  let lines = [];
  let fence = '';
  const end = () => {
    if (lines.length) found.push(lines.join('\n'));
    lines = [];
  };
  for (const line of text.split('\n')) {
    const mark = FENCE.exec(line);
    if (fence) {
      lines.push(line);
      if (mark && mark[1].startsWith(fence) && !mark[2]) {
        fence = '';
        end();
      }
    } else if (mark) {
      end();
      fence = mark[1];
      lines.push(line);
    } else if (!line.trim()) {
      end();
    } else {
      if (HEADING.test(line)) end();
      lines.push(line);
      if (HEADING.test(line)) end();
    }
  }
  end();
  return found;
}

/** One block as a node. @param {string} block @return {!Element} */
export function rendered(block) {
  const lines = block.split('\n');
  const heading = HEADING.exec(block);
  if (FENCE.test(lines[0])) return fenced(lines);
  if (heading && lines.length === 1) return element(`h${Math.min(heading[1].length + 2, 5)}`, ...inline(heading[2]));
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(block)) return element('hr');
  if (lines.every((line) => /^\s{0,3}>/.test(line))) {
    const inner = lines.map((line) => line.replace(/^\s{0,3}>\s?/, '')).join('\n');
    return element('blockquote', ...blocks(inner).map(rendered));
  }
  if (ITEM.test(lines[0])) return list(lines);
  if (lines.length > 1 && lines[0].includes('|') && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[1])) {
    return table(lines);
  }
  return element('p', ...inline(block));
}

function fenced(lines) {
  const mark = FENCE.exec(lines[0]);
  const closed = lines.length > 1 && lines[lines.length - 1].trim().startsWith(mark[1]);
  const code = element('code', lines.slice(1, closed ? -1 : undefined).join('\n'));
  const pre = element('pre', code);
  pre.setAttribute('tabindex', '0');
  return pre;
}

/** A list and, by indentation, the lists in it. */
function list(lines) {
  const first = ITEM.exec(lines[0]);
  const top = element(/\d/.test(first[2]) ? 'ol' : 'ul');
  const start = parseInt(first[2], 10);
  if (start > 1) top.setAttribute('start', String(start));
  let own = [];
  let words = '';
  const end = () => {
    if (!top.isConnected && words === '' && !own.length) return;
    const item = element('li', ...inline(words));
    if (own.length && ITEM.test(own[0])) item.append(list(own));
    else if (own.length) item.append(element('br'), ...inline(own.join('\n')));
    top.append(item);
    own = [];
  };
  let started = false;
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item && item[1].length <= first[1].length + 1) {
      if (started) end();
      started = true;
      words = item[3];
    } else own.push(line.trimEnd());
  }
  end();
  return top;
}

function table(lines) {
  const cells = (line) => line.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
  const row = (tag) => (line) => element('tr', ...cells(line).map((cell) => element(tag, ...inline(cell))));
  const made = element(
    'table', element('thead', row('th')(lines[0])), element('tbody', ...lines.slice(2).map(row('td'))));
  made.setAttribute('tabindex', '0');
  return made;
}

/** @param {string} text @return {!Array<string|!Node>} */
function inline(text) {
  const parts = [];
  let rest = text;
  for (let found = INLINE.exec(rest); found; found = INLINE.exec(rest)) {
    if (found.index) parts.push(...lines(rest.slice(0, found.index)));
    parts.push(...mark(found));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) parts.push(...lines(rest));
  return parts;
}

function mark([all, , code, bold, alsoBold, italic, alsoItalic, struck, label, target, bare]) {
  if (code !== undefined) return [element('code', code.trim() || code)];
  if (bold ?? alsoBold) return [element('strong', ...inline(bold ?? alsoBold))];
  if (italic ?? alsoItalic) return [element('em', ...inline(italic ?? alsoItalic))];
  if (struck) return [element('s', ...inline(struck))];
  return [link(bare ?? target, bare ? [bare] : inline(label || target)) ?? all];
}

/** A link to the web or to a mailbox; nothing else is one. */
function link(target, label) {
  let url;
  try {
    url = new URL(target);
  } catch (malformed) {
    return null;
  }
  if (!['http:', 'https:', 'mailto:'].includes(url.protocol)) return null;
  const made = element('a', ...label);
  made.setAttribute('href', url.href);
  made.setAttribute('rel', 'noopener noreferrer nofollow');
  made.setAttribute('target', '_blank');
  return made;
}

/** Text with its line breaks kept. */
function lines(text) {
  return text.split('\n').flatMap((line, i) => (i ? [element('br'), line] : [line])).filter((part) => part !== '');
}
