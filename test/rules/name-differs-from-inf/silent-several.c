#include <ndis.h>

static NDIS_HANDLE FilterHandle;
static NDIS_STRING g_UniqueName = RTL_CONSTANT_STRING(L"unset");

// Set here, read from the registry there: which one it is cannot be told.
VOID ReadUniqueName(PUNICODE_STRING RegistryPath)
{
    QueryName(RegistryPath, &g_UniqueName);
}

NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject, BOOLEAN IsWifi, PNDIS_STRING GivenName)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS table;
    NDIS_STRING name = RTL_CONSTANT_STRING(L"wired");
    NDIS_STRING other = RTL_CONSTANT_STRING(L"other");
    NDIS_STRING pieces;

    NdisZeroMemory(&table, sizeof(table));
    FillHandlers(&table);
    if (IsWifi)
    {
        NdisInitUnicodeString(&name, L"{5cbf81bd-5055-47cd-9055-a76b2b4e3697}");
        table.UniqueName = name;
    }
    else if (GivenName != NULL)
    {
        table.UniqueName = *GivenName;
    }
    else if (other.Length > 0)
    {
        other.Buffer = FindName();
        table.UniqueName = other;
    }
    else
    {
        RtlInitUnicodeString(&pieces, L"{");
        RtlAppendUnicodeToString(&pieces, FindName());
        table.UniqueName = IsWifi ? name : pieces;
        table.UniqueName = g_UniqueName;
    }

    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &table, &FilterHandle);
}
