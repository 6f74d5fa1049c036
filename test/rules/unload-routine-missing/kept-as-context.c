#include <ndis.h>

NDIS_HANDLE FilterHandle;
NDIS_HANDLE FilterObject;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FilterObject = DriverObject;
    FillCharacteristics(&chars);
    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)FilterObject, &chars, &FilterHandle);
    //     ^^^^^^^^^^^^^^^^^^^^^^^^^ warning unload-routine-missing: driver registers a filter driver but never sets 'DriverUnload' of its DRIVER_OBJECT; it cannot be unloaded
}

VOID FilterLog(NDIS_STATUS Code)
{
    NdisWriteEventLogEntry(FilterObject, Code, 0, 0, NULL, 0, NULL);
}
