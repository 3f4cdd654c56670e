/* The page of a killed story: what this browser had kept of it goes, too. */

import { dropAllOf } from "./copy_store.js";

const { user, post } = JSON.parse(document.getElementById("killed-state").textContent);
dropAllOf(`${user}/${post}/`);
