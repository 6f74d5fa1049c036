#include <ndis.h>

static NDIS_HANDLE FilterHandle;

NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS table;
    NDIS_STRING name;
    PCWSTR guid = L"{LwfGuid}";
    //            ^^^^^^^^^^^^ warning name-differs-from-inf: found "{LwfGuid}"

    NdisZeroMemory(&table, sizeof(table));
    FillHandlers(&table);
    NdisInitUnicodeString(&name, guid);
    table.UniqueName = name;

    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &table, &FilterHandle);
}
