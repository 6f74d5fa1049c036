//- entry.c
#include <ndis.h>

NTSTATUS RegisterFilter(PDRIVER_OBJECT DriverObject);
DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    return RegisterFilter(DriverObject);
}

//- filter.c
#include <ndis.h>

static NDIS_HANDLE FilterHandle;

NTSTATUS RegisterFilter(PDRIVER_OBJECT DriverObject)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    //     ^^^^^^^^^^^^^^^^^^^^^^^^^ warning unload-routine-missing: driver registers a filter driver but never sets 'DriverUnload' of its DRIVER_OBJECT; it cannot be unloaded
}
