#include <wdm.h>
#include <hidport.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_ADD_DEVICE HidAddDevice;
DRIVER_UNLOAD HidUnload;
DRIVER_DISPATCH HidInternalControl;
DRIVER_DISPATCH HidPnp;
DRIVER_DISPATCH HidPower;
DRIVER_DISPATCH HidPowerOld;
DRIVER_DISPATCH HidSystemControl;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {0};
    PDRIVER_DISPATCH *table = DriverObject->MajorFunction;
    BOOLEAN isNew = IoIsWdmVersionAvailable(6, 0);

    DriverObject->DriverExtension->AddDevice = HidAddDevice, DriverObject->DriverUnload = HidUnload;
    table[IRP_MJ_INTERNAL_DEVICE_CONTROL] = HidInternalControl;
    table[IRP_MJ_CREATE] = table[IRP_MJ_CLOSE] = table[IRP_MJ_SYSTEM_CONTROL] = HidSystemControl;
    table[IRP_MJ_PNP] = HidPnp;
    if (isNew)
        DriverObject->MajorFunction[IRP_MJ_POWER] = HidPower;
    else
        DriverObject->MajorFunction[IRP_MJ_POWER] = HidPowerOld;

    registration.Revision = HID_REVISION, registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    registration.DeviceExtensionSize = isNew ? sizeof(DEVICE_EXTENSION) : sizeof(OLD_EXTENSION);
    registration.DevicesArePolled = isNew ? FALSE : TRUE;
    return HidRegisterMinidriver(&registration);
}
