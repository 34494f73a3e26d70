/** The ONNX operators that the documents promise, from operator set 7 to the newest. */
export const PROMISED_OPERATORS: readonly string[] = `
  Gemm MatMul Add Sub Mul Div Neg Abs Sqrt Exp Log Pow Min Max Sum Mean Relu LeakyRelu PRelu Elu Selu
  Celu Gelu Sigmoid HardSigmoid HardSwish Tanh Softplus Softsign Softmax LogSoftmax Sign Clip Erf Floor
  Ceil Round Greater GreaterOrEqual Less LessOrEqual Equal And Or Not Xor Where Conv MaxPool AveragePool
  GlobalAveragePool GlobalMaxPool BatchNormalization Flatten Reshape Transpose Concat Split Slice Gather
  Squeeze Unsqueeze Expand Tile Pad ReduceSum ReduceMean ReduceMax ReduceMin ReduceL1 ReduceL2 ArgMax
  ArgMin Cast Identity Constant ConstantOfShape Shape Dropout Sin Cos Tan Asin Acos Atan Sinh Cosh RNN
  LSTM GRU
`
  .trim()
  .split(/\s+/);
