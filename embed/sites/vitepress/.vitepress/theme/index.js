import DefaultTheme from "vitepress/theme";
import "./callmix.css";

export default DefaultTheme;
