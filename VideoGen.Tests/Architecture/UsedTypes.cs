using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace VideoGen.Tests.Architecture;

/// <summary>
/// All types that a type uses: in its bases, members, signatures, attributes and, read from the instructions, in the bodies
/// of its methods. Lambdas and async methods are nested types of their own and have to be asked for as such.
/// </summary>
internal static class UsedTypes
{
    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    public static IReadOnlySet<Type> Of(Type type)
    {
        var used = new HashSet<Type>();
        Add(used, type.BaseType);
        AddAll(used, type.GetInterfaces());
        AddAll(used, type.GetFields(Own).Select(field => field.FieldType));
        AddAll(used, Attributes(type));
        foreach (var member in type.GetMembers(Own))
        {
            AddAll(used, Attributes(member));
        }

        foreach (var method in type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own)))
        {
            Add(used, (method as MethodInfo)?.ReturnType);
            AddAll(used, method.GetParameters().Select(parameter => parameter.ParameterType));
            AddBody(used, method);
        }

        return used;
    }

    private static void AddBody(HashSet<Type> used, MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        AddAll(used, body.LocalVariables.Select(local => local.LocalType));
        AddAll(used, body.ExceptionHandlingClauses
            .Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
            .Select(clause => clause.CatchType));
        foreach (var token in TokensOf(body.GetILAsByteArray() ?? []))
        {
            Add(used, method, token);
        }
    }

    private static void Add(HashSet<Type> used, MethodBase method, int token)
    {
        var typeArguments = method.DeclaringType is { IsGenericType: true } declaring ? declaring.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        switch (method.Module.ResolveMember(token, typeArguments, methodArguments))
        {
            case Type type:
                Add(used, type);
                break;
            case FieldInfo field:
                Add(used, field.DeclaringType);
                Add(used, field.FieldType);
                break;
            case MethodBase called:
                Add(used, called.DeclaringType);
                Add(used, (called as MethodInfo)?.ReturnType);
                AddAll(used, called.GetParameters().Select(parameter => parameter.ParameterType));
                AddAll(used, called.IsGenericMethod ? called.GetGenericArguments() : []);
                break;
        }
    }

    private static IEnumerable<int> TokensOf(byte[] code)
    {
        var at = 0;
        while (at < code.Length)
        {
            var value = (int)code[at++];
            if (value == 0xFE)
            {
                value = (value << 8) | code[at++];
            }

            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at));
            }

            at += SizeOf(operand, code, at);
        }
    }

    private static int SizeOf(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at))),
        _ => 4,
    };

    private static IEnumerable<Type> Attributes(MemberInfo member) =>
        member.GetCustomAttributesData().Select(attribute => attribute.AttributeType);

    private static void AddAll(HashSet<Type> used, IEnumerable<Type?> types)
    {
        foreach (var type in types)
        {
            Add(used, type);
        }
    }

    private static void Add(HashSet<Type> used, Type? type)
    {
        if (type is null)
        {
            return;
        }

        if (type.HasElementType)
        {
            Add(used, type.GetElementType());
        }
        else if (type is { IsGenericType: true, IsGenericTypeDefinition: false })
        {
            Add(used, type.GetGenericTypeDefinition());
            AddAll(used, type.GetGenericArguments());
        }
        else
        {
            used.Add(type);
        }
    }
}
