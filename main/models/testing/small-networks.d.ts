import { type Model } from '../../onnx/model.ts';
export interface SmallNetwork {
    readonly input: string;
    readonly layout: 'nchw' | 'nhwc';
    /** Free axes have names. */
    readonly batch: number | string;
    readonly side: number | string;
    readonly classes: number;
    /**
     * - `softmax`: the output is a softmax.
     * - `hidden`: the same, made of exponentials, as some exporters write it.
     * - `logits`: raw scores.
     * - `map`: raw scores [N, K, 1, 1] of a 1 x 1 convolution and a global pool, as SqueezeNet's.
     */
    readonly end: 'softmax' | 'hidden' | 'logits' | 'map';
    readonly opset: number;
    /** Of a value between, as a file may call it. */
    readonly features: string;
}
export declare const usual: SmallNetwork;
/** conv + ReLU, a global pool and a dense layer; or what `end` says. */
export declare function smallNetwork(part?: Partial<SmallNetwork>): Model;
