/** A space as its lister sends it, made of what the server says of it. */

const EARTH = 6_371_008.8;

export function asOffered(space) {
  const { tariff, exact } = space;
  const { title, description, shows_place, openings, blocked, rules, approval, policy } = space;
  return {
    title,
    description,
    shows_place,
    openings,
    blocked,
    rules,
    approval,
    policy,
    plate_needed: space.plate_needed,
    tags: space.tags,
    limits: space.limits,
    place: exact.place,
    address: exact.address,
    notes: exact.notes,
    tariff: {
      currency: tariff.hour.currency,
      hour: tariff.hour.minor,
      day: tariff.day?.minor ?? null,
      week: tariff.week?.minor ?? null,
      month: tariff.month?.minor ?? null,
    },
  };
}

/** Along the great circle. */
export function metresBetween(one, other) {
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const [a, b] = [radians(one.lat), radians(other.lat)];
  const h = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(radians(other.lng - one.lng) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.sqrt(h));
}
