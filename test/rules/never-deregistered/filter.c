// example: The unload routine frees the lock, but the filter stays registered
#include <ndis.h>

static NDIS_HANDLE FilterHandle;
static NDIS_HANDLE PoolHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    //     ^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-deregistered: nothing calls 'NdisFDeregisterFilterDriver' for the handle in 'FilterHandle'
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    NdisFreeNetBufferListPool(PoolHandle);
}
