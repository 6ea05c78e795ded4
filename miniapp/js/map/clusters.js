/** Spaces that would lie on one another at a zoom, put together. */

import { project } from "./mercator.js";

/** Pixels between the middles of two prices, across and down, so that both can be read. */
const ROOM = [64, 38];
/** A group says more, and needs more. */
const GROUP_ROOM = [124, 46];
/** Taken spaces are dots: those that lie this near to anything else are left out, as shares of that. */
const DOT = 0.45;
/** A price that lies this near to a group is under it. */
const UNDER = 0.75;

/**
 * Groups { key, x, y, rows } in pixels of the zoom, of rows that can be had now or soon, and of taken
 * ones where there is room. They are looked at in an order of their own, so that the same spaces make
 * the same groups wherever the map stands; a group's first row names it and says where it is.
 */
export function clustered(rows, zoom) {
  const grid = new Grid(...ROOM);
  for (const row of inOrder(rows)) {
    const [x, y] = project([row.lng, row.lat], zoom);
    const near = grid.near(x, y, row.state === "taken" ? DOT : 1);
    if (!near) grid.add({ key: row.id, x, y, lat: row.lat, lng: row.lng, rows: [row] });
    else if (row.state !== "taken") near.rows.push(row);
  }
  return apart(grid.groups);
}

/** Groups that would lie on one another become one, and take in the single spaces under them. */
function apart(groups) {
  const grid = new Grid(...GROUP_ROOM);
  const singles = groups.filter(({ rows }) => rows.length === 1);
  for (const group of groups.filter(({ rows }) => rows.length > 1)) {
    const near = grid.near(group.x, group.y, 1);
    if (near) near.rows.push(...group.rows);
    else grid.add(group);
  }
  const left = singles.filter(({ x, y, rows: [row] }) => {
    const near = row.state === "taken" ? null : grid.near(x, y, UNDER);
    near?.rows.push(row);
    return !near;
  });
  return [...grid.groups, ...left];
}

const RANK = { free: 0, soon: 1, taken: 2 };

function inOrder(rows) {
  return [...rows].sort((a, b) => RANK[a.state] - RANK[b.state] || (a.id < b.id ? -1 : 1));
}

class Grid {
  groups = [];
  #cells = new Map();

  constructor(across, down) {
    Object.assign(this, { across, down });
  }

  add(group) {
    this.groups.push(group);
    const cell = key(Math.floor(group.x / this.across), Math.floor(group.y / this.down));
    const there = this.#cells.get(cell);
    if (there) there.push(group);
    else this.#cells.set(cell, [group]);
  }

  /** The nearest group within a share of the distance that two prices need. */
  near(x, y, share) {
    const [column, line] = [Math.floor(x / this.across), Math.floor(y / this.down)];
    let [best, least] = [null, share ** 2];
    for (let across = column - 1; across <= column + 1; across += 1) {
      for (let down = line - 1; down <= line + 1; down += 1) {
        for (const group of this.#cells.get(key(across, down)) ?? []) {
          const away = ((group.x - x) / this.across) ** 2 + ((group.y - y) / this.down) ** 2;
          if (away < least) [best, least] = [group, away];
        }
      }
    }
    return best;
  }
}

const key = (column, line) => column * 2 ** 26 + line;
