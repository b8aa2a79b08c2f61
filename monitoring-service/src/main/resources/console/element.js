import { LitElement } from 'lit';

/** An element drawn into the page itself, so that one style sheet, labels and links reach all of it. */
export class Element extends LitElement {
  createRenderRoot() {
    return this;
  }
}
