#include <hidport.h>
#include <wdf.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDeviceAdd;

static NTSTATUS RegisterMinidriver(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration;

    FillRegistration(&registration, DriverObject, RegistryPath);
    return HidRegisterMinidriver(&registration);
    //     ^^^^^^^^^^^^^^^^^^^^^ error wrong-registration-for-model: 'HidRegisterMinidriver' must not be called by a driver that calls 'WdfDriverCreate'
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;
    NTSTATUS status;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDeviceAdd);
    status = WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    FillDriverObject(DriverObject);
    return RegisterMinidriver(DriverObject, RegistryPath);
}
