// The backgrounds of the calculator's panels (--callmix-color-panel in styles/tokens.css), as a browser computes them.

export const LIGHT = "rgb(255, 255, 255)";
export const DARK = "rgb(26, 32, 34)";
