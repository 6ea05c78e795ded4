/** The colours of the map, by day and by night. */

import { isDark } from "./theme.js";

const DAY = {
  outside: "#e6e3dd", land: "#f4f1ec", green: "#cfe8c0", water: "#a9d3ee", pier: "#ebe7e0", square: "#efecf3",
  parking: "#e3e8f7", parkingEdge: "#c3cdec", building: "#e4dcd1", buildingEdge: "#d3c9bb", rail: "#c3bfb9", tram: "#c9b6c4",
  casing: "#d5cec3", path: "#c2b7a6", service: "#ffffff", pedestrian: "#f6f3fa", minor: "#ffffff", tertiary: "#ffffff",
  secondary: "#fff1c2", primary: "#ffe19a",
  ink: "#4a4a4f", halo: "#ffffffd9", greenInk: "#3f7a36", waterInk: "#2f6f9d", placeInk: "#5a4a86", numberInk: "#867a6c", sign: "#3d72d9", signInk: "#ffffff",
};
const NIGHT = {
  outside: "#12181f", land: "#1b232c", green: "#1e3529", water: "#10293f", pier: "#232c36", square: "#222a37",
  parking: "#202f4a", parkingEdge: "#31466d", building: "#27303b", buildingEdge: "#323d4a", rail: "#3a4450", tram: "#463c4b",
  casing: "#141b23", path: "#45505d", service: "#36414e", pedestrian: "#333a4a", minor: "#3c4855", tertiary: "#44505e",
  secondary: "#55533f", primary: "#6b6141",
  ink: "#c9d1da", halo: "#141b23d9", greenInk: "#86c08f", waterInk: "#79b4e0", placeInk: "#b9a9ec", numberInk: "#8c98a5", sign: "#4a7fe0", signInk: "#ffffff",
};

export const palette = () => (isDark() ? NIGHT : DAY);
