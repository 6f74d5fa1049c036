//- driver.c
#include "filter.h"

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;
    // The unload routine cannot name the handle: nothing to insert.
    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    //     ^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-deregistered: nothing calls
}
//- filter.h
#include <ndis.h>
DRIVER_UNLOAD FilterUnload;
//- unload.c
#include "filter.h"

DRIVER_UNLOAD FilterUnload;

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}
