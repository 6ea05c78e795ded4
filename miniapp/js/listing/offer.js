/** A space as its lister sends it, made of what the server says of it. */

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
