import { theme } from '../ui/theme';

/**
 * Six colours from good to bad that lie on one line of lightness, blue to yellow as in cividis: told apart by every kind of colour
 * vision and in grey. What is bad stands out of the ground: bright on dark, dark on light.
 */
const DARK = ['#1c3a70', '#3a5a8a', '#6d7f8c', '#a09a80', '#d3bb62', '#ffe945'];
const LIGHT = ['#f4ecc4', '#dccd85', '#aea67a', '#7c8078', '#47597b', '#0c2450'];

export function goodToBad(): string[] {
  return theme() === 'dark' ? DARK : LIGHT;
}

export interface Piece {
  min?: number;
  max?: number;
  colour: string;
}

/** @param lowIsBad whether small numbers are the bad ones */
export function pieces(steps: number[], lowIsBad = false): Piece[] {
  const colours = lowIsBad ? [...goodToBad()].reverse() : goodToBad();
  return colours.map((colour, at) => ({ min: steps[at - 1], max: steps[at], colour }));
}
